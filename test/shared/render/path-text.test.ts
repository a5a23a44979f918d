import { describe, expect, test } from 'vitest'
import { pathLines, pathRows } from '../../../shared/render/path-text.ts'
import { blockedPath, openPath, partialPath, unknownPath } from '../../fixtures/answers/bakery.ts'

describe('a path as text', () => {
  test('a blocked path shows where it breaks, the deciding rule, and that the walk went on', () => {
    expect(`\n${pathLines(blockedPath).join('\n')}\n`).toMatchInlineSnapshot(`
      "
      there ✗ blocked   tcp 10.0.0.10:1024-65535 → 10.0.1.15:8000
        ✓      network interface eni-0d00r (ELB app/bakery/50dc6…  The packet leaves from 10.0.0.10 in su…
        ✗ out  security group sg-0d00r (bakery-door)               ◀ BLOCKED HERE
        ┊     None of the outbound rules of sg-0d00r allows tcp port 8000 to 10.0.1.15; the only one
        ┊     allows tcp port 443 to 0.0.0.0/0.
        ┊     rule: IpProtocol tcp · FromPort 443 · ToPort 443 · CidrIp 0.0.0.0/0
        ✓ out  network ACL acl-0street                             Rule 100 allows all traffic to 0.0.0.0…
        ✓      route table rtb-0street                             Route 10.0.0.0/16 is local.
        ✓ in   security group sg-0kitchen (bakery-kitchen)         A rule allows tcp port 8000 from sg-0d…
        ✓      network interface eni-0c0unter                      The packet arrives at 10.0.1.15.
      back  ✓ open   tcp 10.0.1.15:8000 → 10.0.0.10:1024-65535
        ✓ out  network ACL acl-0kitchen (kitchen)  Rule 100 allows all traffic to 0.0.0.0/0.
        ✓ in   network ACL acl-0street             Rule 100 allows all traffic from 0.0.0.0/0.
      "
    `)
  })

  test('a partly blocked reply names the ports that get none', () => {
    expect(`\n${pathLines(partialPath).join('\n')}\n`).toMatchInlineSnapshot(`
      "
      there ✓ open   tcp 10.0.0.10:1024-65535 → 10.0.1.15:8000
        ✓      network interface eni-0d00r (ELB app/bakery/50dc6…  The packet leaves from 10.0.0.10 in su…
        ✓      network interface eni-0c0unter                      The packet arrives at 10.0.1.15.
      back  ◐ partly blocked   tcp 10.0.1.15:8000 → 10.0.0.10:1024-65535
        ◐ out  network ACL acl-0kitchen (kitchen)  ◀ BLOCKS replies to ports 1024-32767, 61001-65535
        │     Replies to ports 1024-32767 and 61001-65535 match no allow rule of acl-0kitchen.
        │     rule: RuleNumber 100 · RuleAction allow · Egress true · PortRange 32768-61000 · CidrBlock
        │     0.0.0.0/0
        ✓ in   network ACL acl-0street             Rule 100 allows all traffic from 0.0.0.0/0.
      "
    `)
  })

  test('what is not known is marked as such and neither open nor blocked', () => {
    expect(`\n${pathLines(unknownPath).join('\n')}\n`).toMatchInlineSnapshot(`
      "
      there ? not known   tcp 10.0.0.10:1024-65535 → 10.0.1.15:8000
        ✓      network interface eni-0d00r (ELB app/bakery/50dc6…  The packet leaves from 10.0.0.10 in su…
        ?      subnet subnet-0kitchen                              ◀ NOT KNOWN
        │     The network ACL of subnet-0kitchen is not known.
        ✓      network interface eni-0c0unter                      The packet arrives at 10.0.1.15.
      back  ✓ open   tcp 10.0.1.15:8000 → 10.0.0.10:1024-65535
        ✓ out  network ACL acl-0kitchen (kitchen)  Rule 100 allows all traffic to 0.0.0.0/0.
        ✓ in   network ACL acl-0street             Rule 100 allows all traffic from 0.0.0.0/0.
      "
    `)
  })

  test('an open path has no mark but the one for passing', () => {
    expect(pathLines(openPath).join('\n')).not.toMatch(/[✗◐?◀┊]/)
  })

  test('no line of a passing hop is wider than asked', () => {
    const rows = pathRows(blockedPath, { width: 60 }).filter(
      (row) => row.part !== 'leg' && row.verdict === 'pass',
    )
    expect(Math.max(...rows.map(({ text }) => text.length))).toBeLessThanOrEqual(60)
  })

  test('a channel may bring marks of its own', () => {
    const marks = { pass: '+', block: 'X', partial: '~', unknown: '?' }
    expect(pathLines(blockedPath, { marks })[2]).toMatch(/^ {2}X out {2}security group sg-0d00r/)
  })

  test.each([
    {
      id: 'acl-0',
      explanation: 'rule 100 of acl-0 of subnet-0 allows tcp 80',
      beside: 'rule 100 of subnet-0 allows tcp 80',
    },
    {
      id: 'rtb-0',
      explanation: 'rtb-0 of subnet-0 delivers 10.0.1.15',
      beside: 'subnet-0 delivers 10.0.1.15',
    },
    { id: 'eni-0', explanation: 'packets leave eni-0 (10.0.0.10)', beside: 'packets leave 10.0.0.10' },
    { id: 'sg-0', explanation: 'rule of sg-0 (80, sg-1) allows', beside: 'rule (80, sg-1) allows' },
    { id: 'nat-0', explanation: 'a port is free', beside: 'a port is free' },
  ])('what the label of $id says is not said again beside it', ({ id, explanation, beside }) => {
    const hop = { sequence: 1, component: { type: 'subnet', id }, verdict: 'pass', explanation } as const
    expect(pathLines({ ...openPath, forward: [hop] })[1]).toBe(`  ✓      subnet ${id}  ${beside}`)
  })

  test('a name from AWS cannot steer the terminal', () => {
    const [hop] = blockedPath.forward
    if (hop === undefined) throw new Error('the fixture has hops')
    const named = { ...hop, component: { ...hop.component, name: 'door\u001b[31m\nfake ✗ line\u202e' } }
    const lines = pathLines({ ...blockedPath, forward: [named] })
    expect(lines[1]).toContain('(door fake ✗ line')
    expect(lines.join('')).not.toMatch(/[\p{Cc}\u202e]/u)
  })

  test('IPv6 addresses stand in brackets', () => {
    const flow = { ...openPath.flow, source: '2001:db8::1', destination: '2001:db8::2' }
    expect(pathLines({ ...openPath, flow })[0]).toContain('[2001:db8::1]:1024-65535 → [2001:db8::2]:8000')
  })

  test('a flow without ports shows addresses alone', () => {
    const flow = { ...openPath.flow, protocol: 'icmp', sourcePorts: '', destinationPorts: '' }
    expect(pathLines({ ...openPath, flow })[0]).toContain('icmp 10.0.0.10 → 10.0.1.15')
  })
})
