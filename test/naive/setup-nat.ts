/** A NAT gateway, private or public, on the way to other VPCs or to the VPC's own subnets. */
import fc from 'fast-check'
import { choose, index, one } from './plain-networks.ts'
import { wrap } from './topology-ids.ts'
import type { NetworkPlan, RoutePlan, VpcPlan } from './topology-plan.ts'

interface NatSetup {
  readonly vpc: number
  readonly connectivity: 'public' | 'private'
  readonly to: 'others' | 'within' | 'both'
  /** Subnets of the own VPC that it leads to. */
  readonly within: readonly number[]
}

export const natSetup: fc.Arbitrary<NatSetup> = fc.record({
  vpc: index,
  connectivity: fc.constantFrom('public', 'private'),
  to: choose<NatSetup['to']>([5, one('others')], [3, one('within')], [4, one('both')]),
  within: choose<readonly number[]>(
    [3, one([1, 2, 3])],
    [1, fc.array(index, { minLength: 1, maxLength: 2 })],
  ),
})

/** It stands in the first subnet, whose table leads to the others; theirs lead to it. */
export function withNat(plan: NetworkPlan, setup: NatSetup, candidates: readonly number[]): NetworkPlan {
  const [chosen] = wrap(candidates, setup.vpc)
  return {
    ...plan,
    vpcs: plan.vpcs.map((vpc, position) => (position === chosen ? served(vpc, chosen, setup) : vpc)),
  }
}

function served(vpc: VpcPlan, position: number, { connectivity, to, within }: NatSetup): VpcPlan {
  const subnets = [...vpc.subnets, ...vpc.subnets, ...vpc.subnets].slice(0, Math.max(3, vpc.subnets.length))
  const [routes = []] = vpc.routeTables
  const own = within.map(
    (subnet): RoutePlan => ({
      to: { kind: 'subnet', vpc: position, subnet },
      through: 'nat-within',
      propagated: false,
    }),
  )
  return {
    ...vpc,
    nat: { subnet: 0, state: vpc.nat?.state ?? 'available', connectivity },
    routeTables: [
      routes.map((route) =>
        route.through === 'nat-gateway' ? { ...route, through: 'internet-gateway' } : route,
      ),
      [
        ...(to === 'others' ? [] : own),
        ...(to === 'within' ? routes : routes.map((route) => throughNat(route, to === 'both'))),
      ],
    ],
    subnets: subnets.map((subnet, index) => ({ ...subnet, routeTable: index === 0 ? 0 : 1 })),
  }
}

/** @param all also what is for the internet, where that leads over a transit gateway */
function throughNat(route: RoutePlan, all: boolean): RoutePlan {
  const { to, through } = route
  const meant = to.kind === 'vpc' || (all && to.kind === 'all')
  return meant && (through === 'peering' || through === 'transit-gateway')
    ? { ...route, through: 'nat-gateway' }
    : route
}
