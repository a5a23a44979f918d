/** Security groups, network ACLs and route tables on their own, against AWS's documented examples. */
import { describe, expect, it } from 'vitest'
import { parseAddress } from '../../shared/network/address.ts'
import { compileAcl, segmentsFor } from '../../shared/network/network-acls.ts'
import { formatPorts, parsePorts } from '../../shared/network/ports.ts'
import { parseProtocol, ruleRange } from '../../shared/network/protocol.ts'
import { compileRouteTable, lookup } from '../../shared/network/route-tables.ts'
import { compileGroup, rulesByAddress, rulesFor } from '../../shared/network/security-groups.ts'
import { known, unknown } from '../../shared/snapshot/known.ts'
import type { NetworkAclEntry, Route } from '../../shared/snapshot/types.ts'

const address = (text: string) => parseAddress(text) ?? 0
const noLists = () => unknown('ec2:GetManagedPrefixListEntries', 'not collected')

describe('protocols', () => {
  it.each([
    ['tcp', 6],
    ['17', 17],
    ['-1', 'all'],
    ['icmpv6', 58],
    ['300', undefined],
    ['sctp', undefined],
  ])('%s is %s', (text, expected) => expect(parseProtocol(text)).toBe(expected))

  it('keep ICMP type and code as one number, -1 meaning all', () => {
    expect(ruleRange(1, 8, 0)).toEqual({ from: 2048, to: 2048 })
    expect(ruleRange(1, 3, -1)).toEqual({ from: 768, to: 1023 })
    expect(ruleRange(1, -1, -1)).toEqual({ from: 0, to: 65535 })
  })
})

describe('ports', () => {
  it.each(['80', '1024-65535', '80, 443, 8000-8010'])('%s reads and writes', (text) =>
    expect(formatPorts(parsePorts(text) ?? [])).toBe(text),
  )
  it.each(['', '65536', '80-', '90-80', 'http', '-1'])('%j are none', (text) =>
    expect(parsePorts(text)).toBeUndefined(),
  )
})

describe('a security group', () => {
  const group = compileGroup(
    {
      GroupId: 'sg-web',
      IpPermissions: [
        {
          IpProtocol: 'tcp',
          FromPort: 443,
          ToPort: 443,
          IpRanges: [{ CidrIp: '10.0.0.0/16' }, { CidrIp: '10.0.1.0/24' }],
        },
        { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-web' }] },
        { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, PrefixListIds: [{ PrefixListId: 'pl-office' }] },
        { IpProtocol: 'tcp', IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
      ],
    },
    noLists,
  )
  const tcp = group.ingress && rulesFor(group.ingress, 6)

  it('unites overlapping ranges', () => {
    expect(tcp && rulesByAddress(tcp, address('10.0.1.5'))).toHaveLength(2)
    expect(tcp && rulesByAddress(tcp, address('10.0.2.5'))).toHaveLength(1)
    expect(tcp && rulesByAddress(tcp, address('10.1.0.5'))).toEqual([])
  })
  it('keeps rules for groups by group, "all traffic" for every protocol', () => {
    expect(tcp?.byGroup.get('sg-web')?.[0]?.ports).toEqual({ from: 0, to: 65535 })
    expect(group.ingress && rulesFor(group.ingress, 47).byGroup.has('sg-web')).toBe(true)
  })
  it('says which rules it cannot read, and why', () => {
    expect(tcp?.unclear.map(({ missing }) => missing.missing)).toEqual([
      'ec2:DescribeSecurityGroups',
      'ec2:GetManagedPrefixListEntries',
    ])
  })
  it('has no side that was not told', () => expect(group.egress).toBeUndefined())
})

describe('a network ACL', () => {
  const entry = (
    RuleNumber: number,
    RuleAction: string,
    From: number,
    To: number,
    CidrBlock = '0.0.0.0/0',
  ): NetworkAclEntry => ({
    RuleNumber,
    RuleAction,
    Egress: false,
    Protocol: '6',
    CidrBlock,
    PortRange: { From, To },
  })
  const acl = compileAcl({
    NetworkAclId: 'acl-edge',
    Entries: [
      entry(200, 'allow', 0, 65535),
      entry(100, 'deny', 1000, 1999, '10.0.1.0/24'),
      entry(32767, 'deny', 0, 65535),
    ],
  })
  const decided = (peer: string, protocol = 6) =>
    acl.ingress &&
    segmentsFor(acl.ingress, protocol, address(peer)).map(({ from, to, allow, entry: by }) => [
      from,
      to,
      allow,
      by?.RuleNumber,
    ])

  it('lets the lowest number that matches decide, port by port', () => {
    expect(decided('10.0.1.7')).toEqual([
      [0, 999, true, 200],
      [1000, 1999, false, 100],
      [2000, 65535, true, 200],
    ])
    expect(decided('10.0.2.7')).toEqual([[0, 65535, true, 200]])
  })
  it('denies what no entry matches: another protocol, another family', () => {
    expect(decided('10.0.2.7', 17)).toEqual([[0, 65535, false, undefined]])
    expect(decided('2600::1')).toEqual([[0, 65535, false, undefined]])
  })
})

describe('a route table', () => {
  const route = (DestinationCidrBlock: string, target: Partial<Route>): Route => ({
    DestinationCidrBlock,
    State: 'active',
    Origin: 'CreateRoute',
    ...target,
  })
  const local: Route = { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', State: 'active' }
  const table = (routes: readonly Route[], lists: Parameters<typeof compileRouteTable>[1] = noLists) =>
    compileRouteTable({ RouteTableId: 'rtb-1', Routes: routes }, lists)
  const to = (text: string, routes: readonly Route[], lists?: Parameters<typeof compileRouteTable>[1]) => {
    const found = lookup(table(routes, lists), address(text))
    return found.kind === 'route' ? found.route.target : found.kind
  }

  it('takes the longest prefix, blackholes included', () => {
    const routes = [
      local,
      route('0.0.0.0/0', { NatGatewayId: 'nat-1' }),
      route('192.168.0.0/16', { VpcPeeringConnectionId: 'pcx-1' }),
      route('192.168.7.0/24', { VpcPeeringConnectionId: 'pcx-2', State: 'blackhole' }),
    ]
    expect(to('10.0.9.9', routes)).toEqual({ kind: 'local' })
    expect(to('8.8.8.8', routes)).toEqual({ kind: 'nat-gateway', id: 'nat-1' })
    expect(to('192.168.1.1', routes)).toEqual({ kind: 'vpc-peering-connection', id: 'pcx-1' })
    expect(to('192.168.7.1', routes)).toEqual({ kind: 'vpc-peering-connection', id: 'pcx-2' })
    expect(to('192.168.7.1', [local])).toBe('none')
  })
  it('prefers static over prefix list over propagated routes of one length', () => {
    const propagated = route('172.16.0.0/12', { GatewayId: 'vgw-1', Origin: 'EnableVgwRoutePropagation' })
    const listed: Route = {
      DestinationPrefixListId: 'pl-1',
      TransitGatewayId: 'tgw-1',
      State: 'active',
      Origin: 'CreateRoute',
    }
    const fixed = route('172.16.0.0/12', { NetworkInterfaceId: 'eni-1' })
    const lists = () => known(['172.16.0.0/12'])
    expect(to('172.16.0.1', [propagated, listed], lists)).toEqual({ kind: 'transit-gateway', id: 'tgw-1' })
    expect(to('172.16.0.1', [propagated, listed, fixed], lists)).toEqual({
      kind: 'network-interface',
      id: 'eni-1',
    })
  })
  it('does not know where a prefix list that was not collected may lead', () => {
    const listed: Route = { DestinationPrefixListId: 'pl-1', TransitGatewayId: 'tgw-1', State: 'active' }
    const gateway: Route = { DestinationPrefixListId: 'pl-s3', GatewayId: 'vpce-1', State: 'active' }
    const nat = route('0.0.0.0/0', { NatGatewayId: 'nat-1' })
    expect(to('172.16.0.1', [local, nat, listed])).toBe('unknown')
    expect(to('10.0.1.1', [local, nat, listed])).toEqual({ kind: 'local' })
    expect(to('172.16.0.1', [local, nat, gateway])).toEqual({ kind: 'nat-gateway', id: 'nat-1' })
    expect(to('52.218.0.1', [local, nat, gateway])).toBe('unknown')
  })
  it('that came without its routes tells nothing', () => {
    expect(lookup(compileRouteTable({ RouteTableId: 'rtb-1' }, noLists), address('10.0.0.1'))).toMatchObject({
      kind: 'unknown',
      missing: { missing: 'ec2:DescribeRouteTables' },
    })
  })
})
