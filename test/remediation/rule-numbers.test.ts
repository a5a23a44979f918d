import { describe, expect, test } from 'vitest'
import { numbered } from '../../shared/remediation/rule-numbers.ts'
import type { Snapshot } from '../../shared/snapshot/types.ts'
import * as aws from '../fixtures/index.ts'

type Lists = Parameters<typeof aws.setAclEntries>[2]

/** A pier with one ACL. */
function pier(entries: Lists): { readonly snapshot: Snapshot; readonly acl: string } {
  const world = aws.newWorld()
  const vpc = aws.vpc(world, { name: 'pier', cidr: '10.8.0.0/16' })
  const acl = aws.networkAcl(world, { vpc, name: 'pier', ...entries })
  return { snapshot: aws.snapshotOf(world), acl }
}

const entry = (RuleNumber: number, { Egress = false, from = 8000, to = 8000 } = {}) => ({
  RuleNumber,
  Egress,
  Protocol: '6',
  RuleAction: 'allow',
  CidrBlock: '10.8.1.0/24',
  PortRange: { From: from, To: to },
})

function numbers(
  { snapshot, acl }: ReturnType<typeof pier>,
  ...entries: readonly ReturnType<typeof entry>[]
) {
  const patches = entries.map((item) => ({ kind: 'network-acl-entry', aclId: acl, entry: item }) as const)
  return numbered(snapshot, patches).map((patch) =>
    patch.kind === 'network-acl-entry' ? patch.entry.RuleNumber : 0,
  )
}

describe('the number of a new network ACL entry', () => {
  test('stays where it is free and comes first', () => {
    expect(numbers(pier({ ingress: [aws.deny(100)], egress: [] }), entry(90))).toEqual([90])
  })

  test('moves down where it is taken', () => {
    const acl = pier({
      ingress: [aws.allow(89, { ports: 443 }), aws.allow(90, { ports: 80 }), aws.deny(100)],
      egress: [],
    })
    expect(numbers(acl, entry(90))).toEqual([88])
  })

  test('moves up, still in front of the denying entry, where nothing is free below', () => {
    const acl = pier({
      ingress: [aws.allow(1, { ports: 80 }), aws.allow(2, { ports: 443 }), aws.deny(4)],
      egress: [],
    })
    expect(numbers(acl, entry(2))).toEqual([3])
  })

  test('moves in front of the entry that denies the same packets', () => {
    expect(numbers(pier({ ingress: [aws.deny(50, { ports: [1, 9000] })], egress: [] }), entry(100))).toEqual([
      49,
    ])
  })

  test.each([
    ['another port', aws.deny(50, { ports: 443 })],
    ['another protocol', aws.deny(50, { protocol: 'udp', ports: 8000 })],
    ['another block', aws.deny(50, { ports: 8000, cidr: '10.9.0.0/16' })],
    ['the other family', aws.deny(50, { ports: 8000, cidr: '::/0' })],
  ])('does not mind an entry that denies %s', (_, deny) => {
    expect(numbers(pier({ ingress: [deny], egress: [] }), entry(100))).toEqual([100])
  })

  test('does not mind the entries of the other direction', () => {
    expect(numbers(pier({ ingress: [], egress: [aws.deny(50)] }), entry(100))).toEqual([100])
    expect(numbers(pier({ ingress: [], egress: [aws.deny(50)] }), entry(100, { Egress: true }))).toEqual([49])
  })

  test('does not mind the final deny of every list', () => {
    expect(numbers(pier({ ingress: [], egress: [] }), entry(32766))).toEqual([32766])
  })

  test('two new entries never share a number', () => {
    const acl = pier({ ingress: [aws.deny(100)], egress: [] })
    expect(numbers(acl, entry(99), entry(99, { from: 9000, to: 9000 }))).toEqual([99, 98])
  })

  test('stays as it is where no number is left, so that it is never applied', () => {
    expect(numbers(pier({ ingress: [aws.deny(1)], egress: [] }), entry(1))).toEqual([1])
  })
})
