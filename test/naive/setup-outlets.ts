/** Gateway endpoints, and egress-only internet gateways in the place of internet gateways for IPv6. */
import fc from 'fast-check'
import { choose, index, one, percent } from './plain-networks.ts'
import type { NetworkPlan, RoutePlan, VpcPlan } from './topology-plan.ts'

interface Outlet {
  readonly endpoint: VpcPlan['endpoint'] | null
  readonly egressOnly: boolean
}
/** Of the VPCs, in their order. */
type Outlets = readonly Outlet[]

const outlet: fc.Arbitrary<Outlet> = fc.record({
  endpoint: choose<VpcPlan['endpoint'] | null>(
    [3, one(null)],
    [
      4,
      fc.record({
        state: choose<'available' | 'deleting'>([12, one('available')], [1, one('deleting')]),
        tables: fc.array(index, { minLength: 1, maxLength: 3 }),
      }),
    ],
  ),
  egressOnly: percent(50),
})
export const outlets: fc.Arbitrary<Outlets> = fc.tuple(outlet, outlet, outlet)

export const withOutlets = (plan: NetworkPlan, chosen: Outlets): NetworkPlan => ({
  ...plan,
  vpcs: plan.vpcs.map((vpc, index) => {
    const { endpoint, egressOnly } = chosen[index] ?? { endpoint: null, egressOnly: false }
    const equipped = endpoint ? { ...vpc, endpoint } : vpc
    return egressOnly ? leavingByEgressOnly(equipped) : equipped
  }),
})

const ipv6Out: RoutePlan = { to: { kind: 'all-ipv6' }, through: 'egress-only', propagated: false }

const leavingByEgressOnly = (vpc: VpcPlan): VpcPlan => ({
  ...vpc,
  egressOnly: true,
  routeTables: vpc.routeTables.map((routes) => [
    ...routes.filter(({ to, through }) => to.kind !== 'all-ipv6' || through !== 'internet-gateway'),
    ipv6Out,
  ]),
})
