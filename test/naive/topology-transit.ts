import { type Attached, attachedTo } from './topology-attachments.ts'
import { ACCOUNT, cidrOf, ids, wrap } from './topology-ids.ts'
import type { NetworkPlan, TransitPlan } from './topology-plan.ts'

const TransitGatewayId = ids.transitGateway

/** What AWS tells of the transit gateway in its own Region. */
export function transitOf(plan: NetworkPlan) {
  const { transit } = plan
  if (!transit) return noTransit
  const attached = plan.vpcs.flatMap((_, vpc) => attachedTo(plan, vpc) ?? [])
  const tables = transit.tables.map((_, index) => index)
  const perTable = <T>(of: (table: number) => T): Readonly<Record<string, T>> =>
    Object.fromEntries(tables.map((table) => [ids.transitTable(table), of(table)]))
  return {
    'ec2:DescribeTransitGateways': { TransitGateways: [gatewayOf(transit)] },
    'ec2:DescribeTransitGatewayAttachments': {
      TransitGatewayAttachments: attached.map((one) => ({
        ...resourceOf(one),
        TransitGatewayId,
        TransitGatewayOwnerId: ACCOUNT,
        ResourceOwnerId: ACCOUNT,
        State: one.plan.state,
        Association: { TransitGatewayRouteTableId: tableOf(transit, one), State: one.plan.association },
      })),
    },
    'ec2:DescribeTransitGatewayVpcAttachments': {
      TransitGatewayVpcAttachments: attached.map((one) => ({
        TransitGatewayAttachmentId: ids.attachment(one.vpc),
        TransitGatewayId,
        VpcId: ids.vpc(one.vpc),
        VpcOwnerId: ACCOUNT,
        State: one.plan.state,
        SubnetIds: [...one.subnetIds],
        Options: {
          Ipv6Support: enabled(one.plan.ipv6),
          SecurityGroupReferencingSupport: enabled(one.plan.referencing),
          ApplianceModeSupport: enabled(one.plan.applianceMode),
        },
      })),
    },
    'ec2:DescribeTransitGatewayRouteTables': {
      TransitGatewayRouteTables: tables.map((table) => ({
        TransitGatewayRouteTableId: ids.transitTable(table),
        TransitGatewayId,
        State: 'available',
      })),
    },
    'ec2:SearchTransitGatewayRoutes': perTable((table) => ({
      Routes: routesOf(plan, transit, table, attached),
      AdditionalRoutesAvailable: false,
    })),
    'ec2:GetTransitGatewayRouteTableAssociations': perTable((table) => ({
      Associations: attached
        .filter((one) => tableOf(transit, one) === ids.transitTable(table))
        .map((one) => ({ ...resourceOf(one), State: one.plan.association })),
    })),
    'ec2:GetTransitGatewayRouteTablePropagations': perTable((table) => ({
      TransitGatewayRouteTablePropagations: attached
        .filter(({ vpc }) => propagates(transit, table, vpc))
        .map((one) => ({ ...resourceOf(one), State: 'enabled' })),
    })),
  }
}

export const noTransit = {
  'ec2:DescribeTransitGateways': { TransitGateways: [] },
  'ec2:DescribeTransitGatewayAttachments': { TransitGatewayAttachments: [] },
  'ec2:DescribeTransitGatewayVpcAttachments': { TransitGatewayVpcAttachments: [] },
  'ec2:DescribeTransitGatewayRouteTables': { TransitGatewayRouteTables: [] },
}

const enabled = (on: boolean) => (on ? 'enable' : 'disable')

const gatewayOf = ({ state, referencing }: TransitPlan) => ({
  TransitGatewayId,
  OwnerId: ACCOUNT,
  State: state,
  Options: { SecurityGroupReferencingSupport: enabled(referencing) },
})

const resourceOf = ({ vpc }: Attached) => ({
  TransitGatewayAttachmentId: ids.attachment(vpc),
  ResourceType: 'vpc',
  ResourceId: ids.vpc(vpc),
})

const tableOf = ({ tables }: TransitPlan, { plan }: Attached): string =>
  ids.transitTable(wrap(tables, plan.table)[1])

const propagates = ({ tables }: TransitPlan, table: number, vpc: number): boolean =>
  tables[table]?.propagated[vpc] === true

function routesOf(plan: NetworkPlan, transit: TransitPlan, table: number, attached: readonly Attached[]) {
  const propagated = attached
    .filter(({ vpc }) => propagates(transit, table, vpc))
    .flatMap((one) =>
      blocksOf(plan, one).map((DestinationCidrBlock) => ({
        DestinationCidrBlock,
        Type: 'propagated',
        State: 'active',
        TransitGatewayAttachments: [resourceOf(one)],
      })),
    )
  const fixed = (transit.tables[table]?.routes ?? []).flatMap((route) => {
    const wanted = route.vpc === undefined ? undefined : wrap(plan.vpcs, route.vpc)[1]
    const to = attached.find(({ vpc }) => vpc === wanted)
    const DestinationCidrBlock = cidrOf(plan, route.to)
    if (to) {
      return {
        DestinationCidrBlock,
        Type: 'static',
        State: 'active',
        TransitGatewayAttachments: [resourceOf(to)],
      }
    }
    return wanted === undefined ? { DestinationCidrBlock, Type: 'static', State: 'blackhole' } : []
  })
  const once = fixed.filter(
    (route, index) =>
      fixed.findIndex((other) => other.DestinationCidrBlock === route.DestinationCidrBlock) === index,
  )
  return [...propagated, ...once]
}

function blocksOf(plan: NetworkPlan, { vpc, plan: { ipv6 } }: Attached): readonly string[] {
  const of = plan.vpcs[vpc]
  return of ? [...ids.vpcCidrs(of, vpc), ...(of.ipv6 && ipv6 ? [ids.vpcIpv6Cidr(vpc)] : [])] : []
}
