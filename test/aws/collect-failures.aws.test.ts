/** What AWS refuses is recorded by name, everything else is collected; what stops all of it is one line. */
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { audit, collect, hca } from './hca.ts'
import { fail } from './moto.ts'
import { createTopology, reportTimeouts, type Topology } from './topology.ts'

const REGION = 'eu-central-1'
const endpoint = process.env.AWS_ENDPOINT_URL ?? ''
const live = ['--region', REGION, '--endpoint-url', endpoint]

let web: Topology

beforeAll(async () => {
  web = await createTopology(REGION, 2)
  await reportTimeouts(web)
})

describe('one operation is refused', () => {
  const refused = [
    ['ec2:DescribeNetworkAcls', 'UnauthorizedOperation'],
    ['elasticloadbalancing:DescribeTargetGroupAttributes', 'AccessDenied'],
    ['ecs:DescribeTasks', 'AccessDeniedException'],
  ] as const

  afterEach(async () => {
    for (const [operation] of refused) await fail(operation.split(':')[1] ?? '', null)
  })

  test.each(refused)('%s is recorded as %s, the rest is there', async (operation, code) => {
    await fail(operation.split(':')[1] ?? '', code, `not authorized to perform ${operation}`)
    const { snapshot, stderr } = await collect(`${code}.json`, live)
    const scope = snapshot.scopes[0]
    expect(scope?.errors).toEqual({
      [operation]: { name: code, message: `not authorized to perform ${operation}` },
    })
    expect(stderr).toContain(`not collected: ${operation}: ${code}`)
    expect(Object.keys(scope?.responses ?? {}).length).toBeGreaterThan(30)
    expect(scope?.responses['ec2:DescribeSecurityGroups']?.SecurityGroups?.length).toBeGreaterThan(2)
  })

  test('the audit names the operation as unknown', async () => {
    await fail('DescribeNetworkAcls', 'UnauthorizedOperation', 'not authorized')
    const { file } = await collect('unknown.json', [...live, '--target-group', web.targetGroupArn])
    const { findings } = await audit(file)
    expect(findings.flatMap((finding) => finding.unknown.map(({ missing }) => missing))).toContain(
      'ec2:DescribeNetworkAcls',
    )
  })
})

describe('nothing can be collected', () => {
  const out = ['--out', '/nonexistent/never-written.json']
  const cases = [
    {
      name: 'no credentials',
      args: live,
      env: { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' },
      says: /no usable AWS credentials/,
    },
    {
      name: 'no Region',
      args: ['--endpoint-url', endpoint],
      env: { AWS_REGION: undefined },
      says: /no AWS Region: give --region/,
    },
    {
      name: 'nobody listens',
      args: ['--region', REGION, '--endpoint-url', 'http://127.0.0.1:9'],
      env: {},
      says: /cannot reach http:\/\/127\.0\.0\.1:9 \(.*ECONNREFUSED/,
    },
    {
      name: 'not a URL',
      args: ['--region', REGION, '--endpoint-url', 'moto'],
      env: {},
      says: /--endpoint-url moto: /,
    },
    {
      name: 'an unknown target group',
      args: [...live, '--target-group', 'shop'],
      env: {},
      says: /unknown target group/,
    },
    {
      name: 'a file that cannot be written',
      args: live,
      env: {},
      says: /--out .*cannot be written \(ENOENT\)/,
    },
  ]
  test.each(cases)('$name: one line, exit 2', async ({ args, env, says }) => {
    const { exitCode, stdout, stderr } = await hca(['snapshot', 'collect', ...out, ...args], env)
    expect(stderr).toMatch(says)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(stdout).toBe('')
    expect(exitCode).toBe(2)
  })
})
