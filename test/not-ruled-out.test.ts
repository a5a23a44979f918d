/** What an audit says that it could not rule out: an open finding of it is not over. */
import { describe, expect, it } from 'vitest'
import { audit } from '../shared/audit.ts'
import type { Operation } from '../shared/snapshot/operations.ts'
import { everything } from '../shared/selection.ts'
import { parseSnapshot } from '../shared/snapshot/parse.ts'
import { type State, shopIn } from './faults/shops.ts'
import { jsonOf, withError } from './fixtures/index.ts'

function auditOf(state: State, denied?: Operation) {
  const { world, targetGroup } = shopIn(0, state)
  const json = jsonOf(world)
  const snapshot = parseSnapshot(denied ? withError(json, denied) : json)
  const { findings, audited } = audit(snapshot, { ...everything, targetGroups: [targetGroup] })
  const group = audited.find(({ subject }) => subject.arn === targetGroup)
  return {
    codes: findings
      .filter(({ subject }) => subject.arn === targetGroup)
      .map(({ rootCause }) => rootCause.code),
    decided: group?.decided,
    notRuledOut: group?.notRuledOut ?? [],
  }
}

describe('not ruled out', () => {
  it('is nothing, when AWS told all', () => {
    expect(auditOf('healthy')).toEqual({ codes: [], decided: true, notRuledOut: [] })
    expect(auditOf('no-ingress-yet-healthy').codes).toEqual(['net.target-sg-ingress'])
  })

  it('is what could not be looked at', () => {
    const { codes, notRuledOut } = auditOf('no-ingress-yet-healthy', 'ec2:DescribeSecurityGroups')
    expect(codes).toEqual([])
    expect(notRuledOut).toContain('net.target-sg-ingress')
  })

  it('is not what shuts the path for certain: that is named, whatever else lies on it', () => {
    const { codes, decided } = auditOf('no-ingress-yet-healthy', 'ec2:DescribeRouteTables')
    expect(codes).toEqual(['net.target-sg-ingress'])
    expect(decided).toBe(true)
  })

  it('is what ECS may do to the tasks of an empty group, when ECS is not known', () => {
    expect(auditOf('tasks-exit').codes).toEqual(['ecs.essential-container-exited'])
    expect(auditOf('tasks-exit', 'ecs:DescribeServices').notRuledOut).toContain(
      'ecs.essential-container-exited',
    )
  })
})
