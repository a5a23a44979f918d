/** Random flows through a network: ends as numbers, so that a network can shrink under them. */
import fc from 'fast-check'
import { OUTSIDE, port } from './plain-networks.ts'
import { ids, wrap } from './topology-ids.ts'
import type { NetworkPlan } from './topology-plan.ts'

type EndPlan =
  | { readonly kind: 'interface'; readonly vpc: number; readonly subnet: number; readonly host: number }
  | { readonly kind: 'outside'; readonly address: string }

export interface Ports {
  readonly from: number
  readonly to: number
}

export interface FlowPlan {
  readonly from: EndPlan
  readonly to: EndPlan
  readonly ipv6: boolean
  readonly protocol: 'tcp' | 'udp' | 'icmp'
  readonly sourcePorts: Ports
  readonly destinationPorts: Ports
}

/** A question to the engine and to the naive evaluator alike: `from` and `to` are interface ids or addresses. */
export interface Flow {
  readonly from: string
  readonly to: string
  readonly ipv6: boolean
  readonly protocol: FlowPlan['protocol']
  readonly sourcePorts: Ports
  readonly destinationPorts: Ports
}

const index = fc.nat({ max: 11 })
const insideEnd = fc.record({
  kind: fc.constant('interface' as const),
  vpc: index,
  subnet: index,
  host: index,
})
const outsideEnd = fc.record({ kind: fc.constant('outside' as const), address: fc.constantFrom(...OUTSIDE) })
/** Packets from a private address come by ways that are not modelled (VPN, Direct Connect); AWS's services do not call. */
const internetEnd = outsideEnd.filter(({ address }) => !/^(192\.168|52\.219)\./.test(address))
const ends = fc.oneof(
  { weight: 18, arbitrary: fc.tuple(insideEnd, insideEnd) },
  { weight: 7, arbitrary: fc.tuple(insideEnd, outsideEnd) },
  { weight: 1, arbitrary: fc.tuple(internetEnd, insideEnd) },
)

const single = (of: fc.Arbitrary<number>) => of.map((from) => ({ from, to: from }))
const sourcePorts = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ from: 1024, to: 65535 }) },
  { weight: 2, arbitrary: fc.constant({ from: 32768, to: 60999 }) },
  { weight: 4, arbitrary: single(fc.integer({ min: 1024, max: 65535 })) },
  { weight: 1, arbitrary: span(1024, 65535) },
)
const destinationPorts = fc.oneof(
  { weight: 8, arbitrary: single(port) },
  { weight: 2, arbitrary: span(1, 9000) },
)

function span(min: number, max: number): fc.Arbitrary<Ports> {
  const one = fc.integer({ min, max })
  return fc
    .tuple(one, one)
    .map(([first, second]) => ({ from: Math.min(first, second), to: Math.max(first, second) }))
}

export const flowPlan: fc.Arbitrary<FlowPlan> = fc
  .record({
    ends,
    ipv6: fc.integer({ min: 1, max: 4 }).map((value) => value === 4),
    protocol: fc.constantFrom('tcp', 'tcp', 'tcp', 'tcp', 'udp', 'icmp' as const),
    sourcePorts,
    destinationPorts,
  })
  .map(({ ends: [from, to], ...rest }) => ({ from, to, ...rest }))

/** The flow in a network; undefined when it makes none there (to itself, no address of the family). */
export function flowIn(network: NetworkPlan, plan: FlowPlan): Flow | undefined {
  const outside = [plan.from, plan.to].flatMap((end) => (end.kind === 'outside' ? end.address : []))
  const inside = [plan.from, plan.to].flatMap((end) =>
    end.kind === 'interface' ? wrap(network.vpcs, end.vpc)[0] : [],
  )
  const wanted = outside[0] ? outside[0].includes(':') : plan.ipv6
  const ipv6 = wanted && inside.every((vpc) => vpc.ipv6)
  const from = nameOf(network, plan.from, ipv6)
  const to = nameOf(network, plan.to, ipv6)
  if (from === to || (wanted !== ipv6 && outside.length > 0)) return undefined
  const { protocol, sourcePorts, destinationPorts } = plan
  return { from, to, ipv6, protocol, sourcePorts, destinationPorts }
}

/** An interface goes by its id, and in an IPv6 flow by its IPv6 address. */
function nameOf(network: NetworkPlan, end: EndPlan, ipv6: boolean): string {
  if (end.kind === 'outside') return end.address
  const [vpc, vpcIndex] = wrap(network.vpcs, end.vpc)
  const [subnet, subnetIndex] = wrap(vpc.subnets, end.subnet)
  const [, host] = wrap(subnet.interfaces, end.host)
  return ipv6
    ? ids.ipv6Address(vpcIndex, subnetIndex, host)
    : ids.networkInterface(vpcIndex, subnetIndex, host)
}
