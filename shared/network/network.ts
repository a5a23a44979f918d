/**
 * A snapshot compiled once, to be asked many times: interfaces with their addresses, subnets with their ACL
 * and route table, groups, ACLs and tables by index. Nothing is ever changed in place; `patch.ts` makes a
 * new network that shares all but one fragment.
 */
import { listed } from '../snapshot/known.ts'
import type {
  NatGateway,
  Scope,
  Snapshot,
  Vpc,
  VpcEndpoint,
  VpcPeeringConnection,
} from '../snapshot/types.ts'
import type { Address } from './address.ts'
import { type GroupSets, groupSetMaker } from './group-sets.ts'
import { grouped } from './grouped.ts'
import { compileInterfaces, type Interface } from './interfaces.ts'
import { type Ipv6Blocks, ipv6Blocks } from './ipv6-blocks.ts'
import { type CompiledAcl, compileAcl } from './network-acls.ts'
import { prefixListsOf } from './prefix-lists.ts'
import { type CompiledRouteTable, compileRouteTable } from './route-tables.ts'
import { type CompiledGroup, compileGroup } from './security-groups.ts'
import { type Subnet, subnetsOf } from './subnets.ts'
import { compileTransit, type TransitNetwork } from './transit-gateways.ts'

export type Endpoint = VpcEndpoint

export interface Network {
  readonly snapshot: Snapshot
  readonly interfaces: readonly Interface[]
  readonly interfaceById: ReadonlyMap<string, Interface>
  /** Private addresses may repeat in VPCs that do not know each other. */
  readonly interfacesByAddress: ReadonlyMap<Address, readonly Interface[]>
  /** By "app/name/id" or "net/name/id", the end of the load balancer's ARN. */
  readonly interfacesByLoadBalancer: ReadonlyMap<string, readonly Interface[]>
  readonly subnets: ReadonlyMap<string, Subnet>
  readonly vpcs: ReadonlyMap<string, Vpc>
  readonly ipv6Blocks: Ipv6Blocks
  readonly groups: readonly CompiledGroup[]
  readonly groupIndex: ReadonlyMap<string, number>
  readonly groupSets: GroupSets
  readonly acls: readonly CompiledAcl[]
  readonly aclIndex: ReadonlyMap<string, number>
  readonly routeTables: readonly CompiledRouteTable[]
  readonly routeTableIndex: ReadonlyMap<string, number>
  /** Index of the gateway route table (edge association) by the gateway's id. */
  readonly gatewayRouteTable: ReadonlyMap<string, number>
  readonly peerings: ReadonlyMap<string, VpcPeeringConnection>
  readonly peeringsByVpc: ReadonlyMap<string, readonly VpcPeeringConnection[]>
  readonly natGateways: ReadonlyMap<string, NatGateway>
  readonly vpcEndpoints: ReadonlyMap<string, VpcEndpoint>
  readonly transit: TransitNetwork
}

export function compileNetwork(snapshot: Snapshot): Network {
  const { scopes } = snapshot
  const groups = scopes.flatMap((scope) => {
    const lists = prefixListsOf(scope)
    return all(listed(scope, 'ec2:DescribeSecurityGroups', 'SecurityGroups')).map((group) =>
      compileGroup(group, lists),
    )
  })
  const acls = scopes.flatMap((scope) => all(listed(scope, 'ec2:DescribeNetworkAcls', 'NetworkAcls')))
  const tables = scopes.flatMap((scope) => all(listed(scope, 'ec2:DescribeRouteTables', 'RouteTables')))
  const groupIndex = indexBy(groups, ({ id }) => id)
  const subnets = subnetsOf(scopes, acls, tables)
  const groupSets = groupSetMaker(groupIndex)
  const interfaces = scopes.flatMap((scope) => compileInterfaces(scope, subnets, groupSets))
  const peerings = collect(
    scopes,
    (scope) => listed(scope, 'ec2:DescribeVpcPeeringConnections', 'VpcPeeringConnections'),
    ({ VpcPeeringConnectionId }) => VpcPeeringConnectionId,
  )
  return {
    snapshot,
    interfaces,
    interfaceById: new Map(interfaces.map((item) => [item.id, item])),
    interfacesByAddress: grouped(interfaces, ({ addresses }) => addresses),
    interfacesByLoadBalancer: grouped(interfaces, ({ source }) => loadBalancerOf(source.Description)),
    subnets,
    vpcs: collect(
      scopes,
      (scope) => listed(scope, 'ec2:DescribeVpcs', 'Vpcs'),
      ({ VpcId }) => VpcId,
    ),
    ipv6Blocks: ipv6Blocks(scopes),
    groups,
    groupIndex,
    groupSets: groupSets.all(),
    acls: acls.map(compileAcl),
    aclIndex: indexBy(acls, ({ NetworkAclId }) => NetworkAclId),
    routeTables: scopes.flatMap((scope) => {
      const lists = prefixListsOf(scope)
      return all(listed(scope, 'ec2:DescribeRouteTables', 'RouteTables')).map((table) =>
        compileRouteTable(table, lists),
      )
    }),
    routeTableIndex: indexBy(tables, ({ RouteTableId }) => RouteTableId),
    gatewayRouteTable: new Map(
      tables.flatMap(({ Associations }, index) =>
        (Associations ?? []).flatMap(({ GatewayId }) => (GatewayId ? [[GatewayId, index] as const] : [])),
      ),
    ),
    peerings,
    peeringsByVpc: grouped([...peerings.values()], vpcsOf),
    natGateways: collect(
      scopes,
      (scope) => listed(scope, 'ec2:DescribeNatGateways', 'NatGateways'),
      ({ NatGatewayId }) => NatGatewayId,
    ),
    vpcEndpoints: collect(
      scopes,
      (scope) => listed(scope, 'ec2:DescribeVpcEndpoints', 'VpcEndpoints'),
      ({ VpcEndpointId }) => VpcEndpointId,
    ),
    transit: compileTransit(scopes),
  }
}

type Listed<T> = { readonly known: true; readonly value: readonly T[] } | { readonly known: false }

const all = <T>(list: Listed<T>): readonly T[] => (list.known ? list.value : [])

const indexBy = <T>(items: readonly T[], id: (item: T) => string): ReadonlyMap<string, number> =>
  new Map(items.map((item, index) => [id(item), index]))

const collect = <T>(scopes: readonly Scope[], list: (scope: Scope) => Listed<T>, id: (item: T) => string) =>
  new Map(scopes.flatMap((scope) => all(list(scope))).map((item) => [id(item), item]))

const NONE: readonly string[] = []

/** Elastic Load Balancing describes its interfaces as "ELB app/name/id". */
const loadBalancerOf = (description = ''): readonly string[] =>
  description.startsWith('ELB ') ? [description.slice('ELB '.length)] : NONE

const vpcsOf = ({ RequesterVpcInfo, AccepterVpcInfo }: VpcPeeringConnection): readonly string[] =>
  [RequesterVpcInfo?.VpcId, AccepterVpcInfo?.VpcId].filter((id) => id !== undefined)
