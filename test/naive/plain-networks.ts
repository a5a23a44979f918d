/** Random small networks: VPCs with internet and NAT gateways, and peering connections between them. */
import fc from 'fast-check'
import type {
  AclEntryPlan,
  BlockPlan,
  GroupPlan,
  GroupRulePlan,
  NetworkPlan,
  PeerPlan,
  PortsPlan,
  RoutePlan,
  SubnetPlan,
  VpcPlan,
} from './topology-plan.ts'

type Weighted<T> = readonly [weight: number, arbitrary: fc.Arbitrary<T>]
export const choose = <T>(...options: readonly Weighted<T>[]): fc.Arbitrary<T> =>
  fc.oneof(...options.map(([weight, arbitrary]) => ({ weight, arbitrary })))
export const one = <const T>(value: T): fc.Arbitrary<T> => fc.constant(value)
export const index = fc.nat({ max: 11 })
export const percent = (share: number) => fc.integer({ min: 1, max: 100 }).map((value) => value <= share)

export const OUTSIDE = [
  '8.8.8.8',
  '1.1.1.1',
  '9.9.9.9',
  '8.8.4.4',
  '192.168.50.5',
  '52.219.4.4',
  '2606:4700:4700::1111',
] as const
/** Addresses of a prefix list: parts of the VPCs, and some that are outside. */
const LISTED = [
  '10.0.0.0/15',
  '10.1.1.0/24',
  '10.2.0.0/16',
  '8.8.0.0/16',
  '1.1.1.1/32',
  '192.168.0.0/16',
] as const

/** Ports that rules and flows share, so that they meet. */
const SERVICES = [80, 443, 8000, 8080] as const
const service = fc.constantFrom(...SERVICES)
export const port = choose<number>([6, service], [1, fc.integer({ min: 1, max: 65535 })])

const between = (one: number, other: number): PortsPlan => ({
  from: Math.min(one, other),
  to: Math.max(one, other),
})
const ports: fc.Arbitrary<PortsPlan> = choose<PortsPlan>(
  [3, service.map((of) => ({ from: of, to: of }))],
  [3, one({ from: 0, to: 65535 })],
  [2, one({ from: 1024, to: 65535 })],
  [1, one({ from: 32768, to: 60999 })],
  [1, one({ from: 80, to: 9000 })],
  [1, fc.tuple(fc.nat({ max: 65535 }), fc.nat({ max: 65535 })).map(([from, to]) => between(from, to))],
)
const icmp = choose<{ type: number; code: number }>(
  [3, one({ type: -1, code: -1 })],
  [3, one({ type: 8, code: -1 })],
  [1, one({ type: 8, code: 0 })],
  [2, one({ type: 0, code: 0 })],
  [1, one({ type: 128, code: 0 })],
  [1, one({ type: 129, code: -1 })],
  [1, one({ type: 3, code: 4 })],
)

export const block: fc.Arbitrary<BlockPlan> = choose<BlockPlan>(
  [5, one({ kind: 'all' })],
  [3, one({ kind: 'given', cidr: '10.0.0.0/8' })],
  [3, index.map((vpc) => ({ kind: 'vpc', vpc }) as const)],
  [2, fc.record({ kind: one('subnet'), vpc: index, subnet: index })],
  [1, fc.record({ kind: one('host'), vpc: index, subnet: index, host: index })],
  [1, fc.constantFrom(...LISTED).map((cidr) => ({ kind: 'given', cidr }) as const)],
  [2, one({ kind: 'all-ipv6' })],
  [1, index.map((vpc) => ({ kind: 'vpc-ipv6', vpc }) as const)],
)

const peer: fc.Arbitrary<PeerPlan> = choose<PeerPlan>(
  [4, block.map((of) => ({ kind: 'cidr', block: of }) as const)],
  [4, fc.record({ kind: one('group'), vpc: index, group: index })],
  [1, fc.record({ kind: one('prefix-list'), list: index })],
)
const protocolName = choose<string>(
  [6, one('-1')],
  [8, one('tcp')],
  [3, one('udp')],
  [1, fc.constantFrom('6', '17')],
  [2, fc.constantFrom('icmp', '1', 'icmpv6', '58')],
  [1, fc.constantFrom('47', '50')],
)
const groupRule: fc.Arbitrary<GroupRulePlan> = fc.record({
  protocol: protocolName,
  ports,
  icmp,
  peers: fc.array(peer, { minLength: 1, maxLength: 3 }),
})
export const openRule: GroupRulePlan = {
  protocol: '-1',
  ports: { from: 0, to: 0 },
  icmp: { type: -1, code: -1 },
  peers: [
    { kind: 'cidr', block: { kind: 'all' } },
    { kind: 'cidr', block: { kind: 'all-ipv6' } },
  ],
}
const group: fc.Arbitrary<GroupPlan> = fc.record({
  ingress: choose<readonly GroupRulePlan[]>([7, fc.array(groupRule, { maxLength: 4 })], [3, one([openRule])]),
  egress: choose<readonly GroupRulePlan[]>([9, one([openRule])], [2, fc.array(groupRule, { maxLength: 3 })]),
})

const aclEntry: fc.Arbitrary<AclEntryPlan> = fc.record({
  egress: fc.boolean(),
  allow: percent(75),
  protocol: fc.constantFrom('-1', '6', '6', '6', '17', '1', '58'),
  ports,
  icmp,
  block,
})
export const openEntries: readonly AclEntryPlan[] = [true, false].flatMap((egress) =>
  (['all', 'all-ipv6'] as const).map((kind) => ({
    egress,
    allow: true,
    protocol: '-1' as const,
    icmp: { type: -1, code: -1 },
    block: { kind },
  })),
)
const limitedTo = choose<BlockPlan>([4, one({ kind: 'all' })], [1, block])
/** Services and a part of the ephemeral ports: what people write who do not know who calls. */
export const limitedEntries = fc
  .tuple(fc.constantFrom(32768, 49152, 1024), fc.constantFrom(60999, 61000, 65535), fc.boolean(), limitedTo)
  .map(([from, to, egress, remote]): readonly AclEntryPlan[] => {
    const rule = { allow: true, protocol: '6' as const, icmp: { type: -1, code: -1 }, block: remote }
    const limited = [
      { ...rule, egress, ports: { from: 1, to: 9000 } },
      { ...rule, egress, ports: { from, to } },
    ]
    return [...limited, ...openEntries.filter((entry) => entry.egress !== egress)]
  })
/** A default ACL; one with exceptions before "allow all"; one with some ephemeral ports; one of its own. */
const acl = choose<readonly AclEntryPlan[]>(
  [8, one(openEntries)],
  [4, fc.array(aclEntry, { maxLength: 4 }).map((entries) => [...entries, ...openEntries])],
  [4, limitedEntries],
  [1, fc.array(aclEntry, { maxLength: 6 })],
)

const routeDestination = choose<RoutePlan['to']>(
  [4, one({ kind: 'all' })],
  [1, one({ kind: 'all-ipv6' })],
  [4, index.map((vpc) => ({ kind: 'vpc', vpc }) as const)],
  [1, index.map((vpc) => ({ kind: 'vpc-ipv6', vpc }) as const)],
  [2, fc.record({ kind: one('subnet'), vpc: index, subnet: index })],
  [1, fc.constantFrom(...LISTED, '10.0.0.0/8').map((cidr) => ({ kind: 'given', cidr }) as const)],
  [1, fc.record({ kind: one('prefix-list'), list: index })],
)
const route: fc.Arbitrary<RoutePlan> = fc.record(
  {
    to: routeDestination,
    through: choose<RoutePlan['through']>(
      [3, one('internet-gateway')],
      [3, one('nat-gateway')],
      [5, one('peering')],
      [1, one('gone')],
    ),
    peering: index,
    propagated: percent(20),
  },
  { requiredKeys: ['to', 'through', 'propagated'] },
)
/** What a deleted gateway leaves behind, in the way of a route that would do. */
const leftBehind: fc.Arbitrary<RoutePlan> = fc.record({
  to: choose<RoutePlan['to']>(
    [2, fc.record({ kind: one('subnet'), vpc: index, subnet: index })],
    [1, fc.constantFrom(...LISTED).map((cidr) => ({ kind: 'given', cidr }) as const)],
  ),
  through: one('gone'),
  propagated: percent(20),
})
const viaPeering = (vpc: number, ipv6: boolean): RoutePlan => ({
  to: { kind: ipv6 ? 'vpc-ipv6' : 'vpc', vpc },
  through: 'peering',
  propagated: false,
})
const viaGateway = (kind: 'all' | 'all-ipv6', through: RoutePlan['through']): RoutePlan => ({
  to: { kind },
  through,
  propagated: false,
})
const out = choose<RoutePlan['through']>(
  [6, one('internet-gateway')],
  [3, one('nat-gateway')],
  [1, one('gone')],
)
/** Mostly what a person would set up, and some random routes before it. */
const routeTable: fc.Arbitrary<readonly RoutePlan[]> = fc
  .tuple(
    choose<readonly RoutePlan[]>(
      [5, one([])],
      [1, fc.array(route, { maxLength: 3 })],
      [1, fc.array(leftBehind, { minLength: 1, maxLength: 2 })],
    ),
    percent(90),
    out,
  )
  .map(([first, peered, through]) => [
    ...first,
    ...(peered ? [0, 1, 2].flatMap((other) => [viaPeering(other, false), viaPeering(other, true)]) : []),
    viaGateway('all', through),
    ...(through === 'internet-gateway' ? [viaGateway('all-ipv6', through)] : []),
  ])

const subnet: fc.Arbitrary<SubnetPlan> = fc.record({
  acl: index,
  routeTable: index,
  interfaces: fc.array(
    fc.record({ groups: fc.array(index, { minLength: 1, maxLength: 3 }), publicAddress: percent(85) }),
    { minLength: 1, maxLength: 3 },
  ),
})

const vpc: fc.Arbitrary<VpcPlan> = fc.record(
  {
    ipv6: percent(30),
    secondCidr: percent(20),
    internetGateway: percent(90),
    nat: fc.record({
      subnet: index,
      state: choose<'available' | 'failed'>([9, one('available')], [1, one('failed')]),
      connectivity: choose<'public' | 'private'>([9, one('public')], [1, one('private')]),
    }),
    subnets: fc.array(subnet, { minLength: 1, maxLength: 4 }),
    groups: fc.array(group, { minLength: 1, maxLength: 4 }),
    acls: fc.array(acl, { minLength: 1, maxLength: 3 }),
    routeTables: fc.array(routeTable, { minLength: 1, maxLength: 3 }),
  },
  { requiredKeys: ['ipv6', 'secondCidr', 'internetGateway', 'subnets', 'groups', 'acls', 'routeTables'] },
)

const peeringStatus = choose<NetworkPlan['peerings'][number]>(
  [14, one('active')],
  [1, one('pending-acceptance')],
  [1, one('none')],
)
export const plainNetwork: fc.Arbitrary<NetworkPlan> = fc.record({
  twoRegions: percent(25),
  vpcs: fc.array(vpc, { minLength: 1, maxLength: 3 }),
  peerings: fc.tuple(peeringStatus, peeringStatus, peeringStatus),
  prefixLists: fc.array(fc.uniqueArray(fc.constantFrom(...LISTED), { minLength: 1, maxLength: 3 }), {
    maxLength: 2,
  }),
})
