/** Sample incident (1) from real API responses to the printed fix and back to health, one step after the other. */
import { beforeAll, describe, expect, test } from 'vitest'
import type { Finding } from '../../shared/findings/finding.ts'
import { audit, collect, hca } from './hca.ts'
import { runAwsCommand } from './moto.ts'
import { createTopology, reportHealthy, reportTimeouts, type Topology } from './topology.ts'

const REGION = 'ap-northeast-1'
const live = ['--region', REGION, '--endpoint-url', process.env.AWS_ENDPOINT_URL ?? '']

let web: Topology
let fault: Finding

beforeAll(async () => {
  web = await createTopology(REGION, 10)
  await reportTimeouts(web)
})

describe('an ALB whose security group has no egress to its Fargate tasks', () => {
  test('is found in a snapshot of the whole Region', async () => {
    const { file, snapshot } = await collect('region.json', live)
    expect(snapshot.scopes[0]).toMatchObject({ region: REGION, coverage: 'region', errors: {} })

    const { exitCode, findings } = await audit(file)
    const [first] = findings
    if (!first) throw new Error('nothing found')
    fault = first
    expect(findings).toHaveLength(1)
    expect(fault.rootCause).toMatchObject({
      code: 'net.lb-sg-egress',
      confidence: 'proven',
      component: { type: 'security-group', id: web.loadBalancerGroup },
    })
    expect(fault.targets).toHaveLength(10)
    expect(exitCode).toBe(1)
  })

  test('is the same in a snapshot of only what the health checks touch, with at most 20 calls', async () => {
    const scoped = ['--target-group', web.targetGroupArn, '--log-level', 'debug']
    const { file, snapshot, stderr } = await collect('scoped.json', [...live, ...scoped])
    expect(snapshot.scopes[0]).toMatchObject({ coverage: 'selection', errors: {} })
    const calls = Number(/collected with (\d+) calls/.exec(stderr)?.[1])
    expect(calls).toBeGreaterThan(0)
    expect(calls).toBeLessThanOrEqual(20)

    const { exitCode, findings } = await audit(file)
    expect(findings.map(({ id, rootCause }) => ({ id, rootCause }))).toEqual([
      { id: fault.id, rootCause: fault.rootCause },
    ])
    expect(exitCode).toBe(1)
  })

  test('the name of the target group will do', async () => {
    const { snapshot } = await collect('named.json', [...live, '--target-group', 'web'])
    const groups = snapshot.scopes[0]?.responses['elasticloadbalancing:DescribeTargetGroups']?.TargetGroups
    expect(groups?.map((group) => group.TargetGroupArn)).toEqual([web.targetGroupArn])
  })

  test('is found in live AWS too, without a file in between', async () => {
    const { exitCode, stdout } = await hca(['audit', ...live, '--target-group', 'web', '--output', 'json'])
    const { findings } = JSON.parse(stdout)
    expect(findings).toMatchObject([{ id: fault.id, rootCause: { code: 'net.lb-sg-egress' } }])
    expect(exitCode).toBe(1)
  })

  test('no value of an environment variable leaves AWS', async () => {
    const { snapshot } = await collect('secrets.json', live)
    expect(JSON.stringify(snapshot)).toContain('API_TOKEN')
    expect(JSON.stringify(snapshot)).not.toContain('hunter2')
  })

  test('is gone after the printed commands were run', async () => {
    const [cure] = fault.remediation
    expect(cure?.verified).toBe(true)
    const commands = cure?.steps.flatMap((step) => step.cli) ?? []
    expect(commands).not.toHaveLength(0)
    for (const command of commands) await runAwsCommand(command, REGION)

    // ELB would find out by itself; moto has to be told.
    await reportHealthy(web)
    const { file } = await collect('after.json', live)
    const { exitCode, findings } = await audit(file)
    expect(findings).toEqual([])
    expect(exitCode).toBe(0)
  })

  test('it was the network: the same commands leave nothing blocked while the targets still time out', async () => {
    await reportTimeouts(web)
    const { file } = await collect('still-unhealthy.json', live)
    const { findings } = await audit(file)
    expect(findings.map((finding) => finding.rootCause.code)).toEqual(['app.not-answering'])
    expect(findings[0]?.ruledOut.map((cause) => cause.code)).toContain('net.lb-sg-egress')
  })
})
