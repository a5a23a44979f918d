/** A transit gateway in the place of the peering connections, or beside them. */
import fc from 'fast-check'
import { block, choose, index, one, percent } from './plain-networks.ts'
import type {
  AttachmentPlan,
  BlockPlan,
  NetworkPlan,
  RoutePlan,
  SubnetPlan,
  TransitPlan,
  TransitRoutePlan,
  VpcPlan,
} from './topology-plan.ts'

export interface Backbone {
  readonly transit: TransitPlan
  /** Peering connections are there, too, and some route tables lead to them. */
  readonly mixed: boolean
  /** They are there, but nothing leads to them. */
  readonly peered: boolean
  /** The first VPC lets all others out. */
  readonly centralEgress: boolean
  /** By way of the subnet that the NAT gateway stands in, which leads past it. */
  readonly pastNat: boolean
}

const attachment: fc.Arbitrary<AttachmentPlan> = fc.record({
  state: choose<AttachmentPlan['state']>([36, one('available')], [1, one('none')], [1, one('deleting')]),
  subnets: choose<readonly number[]>(
    [6, one([0, 1, 2])],
    [3, one([3, 2, 1])],
    [1, fc.array(index, { minLength: 1, maxLength: 2 })],
  ),
  ipv6: percent(92),
  referencing: percent(85),
  applianceMode: percent(8),
  table: index,
  association: choose<AttachmentPlan['association']>([50, one('associated')], [1, one('disassociating')]),
})
const fixedRoute: fc.Arbitrary<TransitRoutePlan> = fc.record(
  {
    to: choose<BlockPlan>(
      [3, index.map((vpc) => ({ kind: 'vpc', vpc }) as const)],
      [1, index.map((vpc) => ({ kind: 'vpc-ipv6', vpc }) as const)],
      [2, fc.record({ kind: one('subnet'), vpc: index, subnet: index })],
      [3, one({ kind: 'given', cidr: '10.0.0.0/8' })],
      [1, block],
    ),
    vpc: index,
  },
  { requiredKeys: ['to'] },
)
const transit: fc.Arbitrary<TransitPlan> = fc.record({
  state: choose<TransitPlan['state']>([30, one('available')], [1, one('deleting')]),
  referencing: percent(80),
  attachments: fc.tuple(attachment, attachment, attachment),
  tables: fc.array(
    fc.record({
      propagated: fc.tuple(percent(96), percent(96), percent(96)),
      routes: choose<readonly TransitRoutePlan[]>(
        [3, one([])],
        [2, fc.array(fixedRoute, { minLength: 1, maxLength: 2 })],
      ),
    }),
    { minLength: 1, maxLength: 2 },
  ),
})
export const backbone: fc.Arbitrary<Backbone> = fc.record({
  transit,
  mixed: percent(25),
  peered: percent(50),
  centralEgress: percent(55),
  pastNat: percent(15),
})

export const withTransit = (plan: NetworkPlan, { transit, mixed, peered }: Backbone): NetworkPlan => ({
  ...plan,
  // A transit gateway does not reach into another Region.
  twoRegions: plan.twoRegions && mixed,
  transit,
  peerings: mixed || peered ? plan.peerings : plan.peerings.map(() => 'none'),
  vpcs: plan.vpcs.map((vpc, vpcIndex) =>
    mapRoutes(vpc, (route, table) => {
      const rides = !mixed || (vpcIndex + table) % 2 === 0
      const leads = route.through === 'peering' && route.peering === undefined
      return rides && leads ? { ...route, through: 'transit-gateway' } : route
    }),
  ),
})

const mapRoutes = (vpc: VpcPlan, change: (route: RoutePlan, table: number) => RoutePlan): VpcPlan => ({
  ...vpc,
  routeTables: vpc.routeTables.map((routes, table) => routes.map((route) => change(route, table))),
})

const toAll = (through: RoutePlan['through']): RoutePlan => ({
  to: { kind: 'all' },
  through,
  propagated: false,
})

export function withCentralEgress(plan: NetworkPlan, { pastNat }: Backbone): NetworkPlan {
  const [first, ...spokes] = plan.vpcs
  if (!plan.transit || !first || spokes.length === 0) return plan
  const egress = egressVpc(first)
  const [own, ...others] = plan.transit.attachments
  const landing = egress.subnets.map((_, position) => position).slice(pastNat ? 0 : 1)
  return {
    ...plan,
    vpcs: [
      egress,
      ...spokes.map((vpc) =>
        mapRoutes(vpc, (route) =>
          route.to.kind === 'all' && route.through !== 'gone' ? toAll('transit-gateway') : route,
        ),
      ),
    ],
    transit: {
      ...plan.transit,
      attachments: own ? [{ ...own, subnets: landing }, ...others] : [],
      tables: plan.transit.tables.map((table) => ({
        ...table,
        routes: [...table.routes, { to: { kind: 'all' }, vpc: 0 }],
      })),
    },
  }
}

/** A public subnet with the NAT gateway, and private ones, of which one in the same zone, where packets land. */
function egressVpc(vpc: VpcPlan): VpcPlan {
  const [routes = []] = vpc.routeTables
  const [publicSubnet] = vpc.subnets
  const subnets = vpc.subnets.length === 1 && publicSubnet ? [publicSubnet, publicSubnet] : vpc.subnets
  const elsewhere = routes.filter(({ to }) => to.kind !== 'all')
  const zones = [0, 0, 1, 2]
  return {
    ...vpc,
    internetGateway: true,
    nat: { subnet: 0, state: vpc.nat?.state ?? 'available', connectivity: vpc.nat?.connectivity ?? 'public' },
    routeTables: [
      [...elsewhere, toAll('internet-gateway')],
      [...elsewhere, toAll('nat-gateway')],
    ],
    subnets: subnets.map(
      (subnet, position): SubnetPlan => ({
        ...subnet,
        routeTable: position === 0 ? 0 : 1,
        zone: zones[position] ?? 0,
      }),
    ),
  }
}
