import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { warehouseEc2 } from '../../fixtures/themes/warehouse-ec2.ts'
import { causeOf, codes, diagnosed, missingFor, reasonAgainst } from '../diagnosed.ts'
import { findingsOf } from '../findings.ts'

const code = 'tg.target-stopped'

/** The first instance is down, and AWS says so in its own words. */
function down(health: Parameters<typeof aws.setHealth>[2] = aws.health.stopped, state = 'stopped') {
  const warehouse = warehouseEc2()
  const { world, targetGroup, instances } = warehouse
  const [id = ''] = instances
  aws.instanceOf(world, id).State = { Name: state as 'stopped' }
  aws.setHealth(world, targetGroup, health, id)
  return { ...warehouse, id }
}

describe(code, () => {
  it('is proven by AWS’s own words, and comes first', () => {
    const { world, targetGroup, id } = down()
    const diagnosis = diagnosed(world, targetGroup)
    expect(codes(diagnosis)[0]).toBe(code)
    expect(causeOf(diagnosis, code)).toMatchObject({
      confidence: 'proven',
      title: `${id} in warehouse-stock is stopped`,
      component: { type: 'instance', id },
      evidence: [
        { field: 'TargetHealth', observed: { Reason: 'Target.InvalidState', State: 'unused' } },
        { operation: 'ec2:DescribeInstances', resource: id, field: 'State.Name', observed: 'stopped' },
      ],
      targets: [{ id }],
    })
  })

  it('comes behind a closed group that keeps the checks from as many targets', () => {
    const { world, targetGroup, instances, hostGroup, id } = down()
    for (const other of instances)
      if (other !== id) aws.setHealth(world, targetGroup, aws.health.timeout, other)
    aws.setIngress(world, hostGroup)
    expect(codes(diagnosed(world, targetGroup))).toEqual(['tg.dynamic-port-range', code])
  })

  it('is cured by starting the instance, or by taking it out; both verified', () => {
    const { world, targetGroup, id } = down()
    const fixes = causeOf(diagnosed(world, targetGroup), code).fixes
    expect(fixes.flatMap(({ patches }) => patches)).toMatchObject([
      { kind: 'start-instances', instanceIds: [id] },
      { kind: 'targets', action: 'deregister', targets: [{ id, port: 32768 }] },
    ])
    const finding = findingsOf(world).find(({ subject }) => subject.arn === targetGroup)
    expect(finding?.remediation.map(({ verified }) => verified)).toEqual([true, true])
  })

  it('cannot start what is terminated', () => {
    const { world, targetGroup, id } = down(aws.health.terminated, 'terminated')
    const cause = causeOf(diagnosed(world, targetGroup), code)
    expect(cause.title).toBe(`${id} in warehouse-stock is terminated`)
    expect(cause.fixes.flatMap(({ patches }) => patches)).toMatchObject([{ action: 'deregister' }])
  })

  it('is proven by the instance where a Network Load Balancer only says that checks fail', () => {
    const { world, targetGroup } = down(aws.health.failed)
    expect(causeOf(diagnosed(world, targetGroup), code).confidence).toBe('proven')
  })

  it('believes AWS’s words where the instance was not collected', () => {
    const { world, targetGroup, id } = down(aws.health.terminatedOrStopped)
    const json = aws.withError(aws.jsonOf(world), 'ec2:DescribeInstances')
    const cause = causeOf(diagnosed(json, targetGroup), code)
    expect(cause.title).toBe(`${id} in warehouse-stock is terminated or stopped`)
    expect(cause.evidence).toHaveLength(1)
  })

  it('is only possible when the instance runs by now', () => {
    const { world, targetGroup } = down(aws.health.stopped, 'running')
    const cause = causeOf(diagnosed(world, targetGroup), code)
    expect(cause.confidence).toBe('possible')
    expect(cause.title).toContain('is running by now')
  })

  it('is not: a stopped instance whose target drains', () => {
    const { world, targetGroup } = down(aws.health.draining)
    expect(codes(diagnosed(world, targetGroup))).not.toContain(code)
  })

  it('is not: a failing target on an instance that runs', () => {
    const { world, targetGroup, id } = down(aws.health.timeout, 'running')
    const diagnosis = diagnosed(world, targetGroup)
    expect(codes(diagnosis)).not.toContain(code)
    expect(reasonAgainst(diagnosis, code)).toBe(`the instances ${id} run`)
  })

  it('is unknown for a silent instance that was not collected', () => {
    const { world, targetGroup } = down(aws.health.timeout)
    const json = aws.withError(aws.jsonOf(world), 'ec2:DescribeInstances')
    const diagnosis = diagnosed(json, targetGroup)
    expect(codes(diagnosis)).not.toContain(code)
    expect(missingFor(diagnosis, code)).toEqual(['ec2:DescribeInstances'])
  })
})
