/** `hca explain` against live AWS: what is asked for two ends, and that it answers as the whole Region does. */
import { EC2Client, paginateDescribeNetworkInterfaces } from '@aws-sdk/client-ec2'
import { beforeAll, expect, test } from 'vitest'
import { collect, hca } from './hca.ts'
import { createTopology } from './topology.ts'

const REGION = 'il-central-1'

let task: string
let balancer: string
let whole: string
let callsForAll: number

const callsIn = (log: string): number[] =>
  [...log.matchAll(/collected with (\d+) calls/g)].map(([, calls]) => Number(calls))

beforeAll(async () => {
  await createTopology(REGION, 2)
  const interfaces: { readonly id: string | undefined; readonly about: string | undefined }[] = []
  for await (const page of paginateDescribeNetworkInterfaces(
    { client: new EC2Client({ region: REGION }) },
    {},
  ))
    for (const one of page.NetworkInterfaces ?? [])
      interfaces.push({ id: one.NetworkInterfaceId, about: one.Description })
  balancer = interfaces.find(({ about }) => about?.startsWith('ELB '))?.id ?? ''
  task = interfaces.find(({ about }) => about?.includes(':attachment/'))?.id ?? ''
  const { file, stderr } = await collect('region.json', ['--region', REGION, '--log-level', 'debug'])
  whole = file
  callsForAll = callsIn(stderr)[0] ?? 0
}, 120_000)

const questions: readonly (readonly [string, () => readonly string[], most: number])[] = [
  ['two interfaces', () => ['--from', balancer, '--to', task, '--port', '8000'], 15],
  ['the internet', () => ['--from', task, '--to', 'internet', '--port', '443'], 15],
  ['an address', () => ['--from', task, '--to', '198.51.100.7'], 15],
  ['a load balancer by name', () => ['--from', 'internet', '--to', 'web', '--port', '80'], 30],
]

test.each(questions)('%s: the same answer with fewer calls', async (name, ends, most) => {
  const live = await hca([
    'explain',
    ...ends(),
    '--region',
    REGION,
    '--output',
    'json',
    '--log-level',
    'debug',
  ])
  const recorded = await hca(['explain', ...ends(), '--snapshot', whole, '--output', 'json'])
  expect(JSON.parse(live.stdout || '{}'), live.stderr).toEqual(JSON.parse(recorded.stdout || '{}'))
  expect(live.exitCode).toBe(recorded.exitCode)
  const calls = callsIn(live.stderr)
  process.stdout.write(`explain, ${name}: ${calls.join(' + ')} calls, the whole Region ${callsForAll}\n`)
  expect(calls).toHaveLength(1)
  expect(calls[0]).toBeLessThanOrEqual(most)
})

test('a service is looked for in the whole Region', async () => {
  const { stdout, stderr } = await hca([
    'explain',
    ...['--from', task, '--to', 'ecr.api', '--region', REGION, '--output', 'json', '--log-level', 'debug'],
  ])
  expect(JSON.parse(stdout).verdict).toBeDefined()
  expect(callsIn(stderr)).toEqual([callsForAll])
})
