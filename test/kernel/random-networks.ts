/** Random networks and flows as plain numbers: those of the naive evaluator, with more IPv6, NAT and internet. */
import fc from 'fast-check'
import { type FlowPlan, flowPlan } from '../naive/flows.ts'
import { OUTSIDE, plainNetwork } from '../naive/plain-networks.ts'
import type { NetworkPlan, RoutePlan, VpcPlan } from '../naive/topology-plan.ts'

export interface RandomCase {
  readonly network: NetworkPlan
  readonly flows: readonly { readonly flow: FlowPlan; readonly picks: readonly number[] }[]
}

/** Flows in store: many clash, and of some the engine cannot know. */
const FLOWS = 40
const PACKETS_OF_A_FLOW = 3

const one = (share: number) => fc.integer({ min: 1, max: 100 }).map((value) => value <= share)

const everywhereIpv6 = (plan: NetworkPlan): NetworkPlan => ({
  ...plan,
  vpcs: plan.vpcs.map((vpc) => ({ ...vpc, ipv6: true })),
})

/** As AWS's console sets a VPC up: a public subnet with the NAT gateway, and private ones that lead to it. */
const withNat = (plan: NetworkPlan): NetworkPlan => ({ ...plan, vpcs: plan.vpcs.map(publicAndPrivate) })

function publicAndPrivate(vpc: VpcPlan): VpcPlan {
  const [routes = []] = vpc.routeTables
  const toAll = (through: RoutePlan['through']): readonly RoutePlan[] => [
    { to: { kind: 'all' }, through, propagated: false },
    ...routes.filter(({ to }) => to.kind !== 'all'),
  ]
  return {
    ...vpc,
    internetGateway: true,
    nat: { subnet: 0, state: 'available', connectivity: 'public' },
    routeTables: [toAll('internet-gateway'), toAll('nat-gateway')],
    subnets: vpc.subnets.map((subnet, index) => ({ ...subnet, routeTable: index === 0 ? 0 : 1 })),
  }
}

const networks = fc.tuple(plainNetwork, one(40), one(40)).map(([plan, ipv6, nat]) => {
  const served = nat ? withNat(plan) : plan
  return ipv6 ? everywhereIpv6(served) : served
})

const outward = fc
  .tuple(flowPlan, fc.constantFrom(...OUTSIDE))
  .map(([flow, address]): FlowPlan => ({ ...flow, to: { kind: 'outside', address } }))
  .filter(({ from }) => from.kind === 'interface')
/** To all ports: the packets are chosen at the edges of what is blocked. */
const toAllPorts = flowPlan.map((plan): FlowPlan => ({ ...plan, destinationPorts: { from: 1, to: 65535 } }))
const flow = fc
  .oneof(
    { weight: 6, arbitrary: flowPlan },
    { weight: 2, arbitrary: toAllPorts },
    { weight: 1, arbitrary: outward },
  )
  .filter(({ protocol }) => protocol !== 'icmp')
const picks = fc.array(fc.nat(), { minLength: PACKETS_OF_A_FLOW, maxLength: PACKETS_OF_A_FLOW })
const flows = fc.array(fc.record({ flow, picks }), { minLength: FLOWS, maxLength: FLOWS, size: 'max' })

export const randomCases = (seed: number, count: number): readonly RandomCase[] =>
  fc.sample(fc.record({ network: networks, flows }), { seed, numRuns: count })
