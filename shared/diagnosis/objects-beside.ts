/** What an object brings with it: an interface its groups and its subnet, a subnet its network ACL and route table. */
import type { Network } from '../network/network.ts'
import { listed } from '../snapshot/known.ts'
import type { Known, NetworkAcl, RouteTable, Scope } from '../snapshot/types.ts'

export type Beside = (object: string) => readonly string[]

type Kinds = Readonly<Record<string, Beside>>

const START = 'start/'

/** Stands for all ways out of a subnet, which only tasks that start there take. */
export const startAt = (subnetId: string): string => START + subnetId

export const isObject = (name: string): boolean => !name.startsWith(START)

export function objectsBeside(network: Network): Beside {
  const acls = everywhere(network, (scope) => listed(scope, 'ec2:DescribeNetworkAcls', 'NetworkAcls'))
  const tables = everywhere(network, (scope) => listed(scope, 'ec2:DescribeRouteTables', 'RouteTables'))
  const groups = new Map(
    everywhere(network, (scope) => listed(scope, 'ec2:DescribeSecurityGroups', 'SecurityGroups')).map(
      (group) => [group.GroupId, group],
    ),
  )
  const kinds: Kinds = {
    eni: (id) => {
      const nic = network.interfaceById.get(id)
      return nic ? [...nic.groups.ids, ...(nic.subnetId ? [nic.subnetId] : [])] : []
    },
    sg: (id) =>
      [...(groups.get(id)?.IpPermissions ?? []), ...(groups.get(id)?.IpPermissionsEgress ?? [])].flatMap(
        ({ PrefixListIds }) => (PrefixListIds ?? []).flatMap(({ PrefixListId }) => PrefixListId ?? []),
      ),
    subnet: (id) => {
      const subnet = network.subnets.get(id)
      const table = tables[subnet?.routeTable ?? -1]
      return [...ofAcl(acls[subnet?.acl ?? -1], id), ...(table ? ofTable(table, id) : [])]
    },
    start: (object) => {
      const id = object.slice(START.length)
      if (id.startsWith('tgw-')) return ofTransit(network, id)
      const { routeTable = -1, vpcId } = network.subnets.get(id) ?? {}
      return [...targetsOf(tables[routeTable]), ...(vpcId ? [vpcId, ...endpointsOf(network, vpcId)] : [])]
    },
    nat: (id) => {
      const { SubnetId } = network.natGateways.get(id) ?? {}
      return SubnetId ? [SubnetId, startAt(SubnetId)] : []
    },
    vpce: (id) => {
      const endpoint = network.vpcEndpoints.get(id)
      return [
        ...(endpoint?.Groups ?? []).flatMap(({ GroupId }) => GroupId ?? []),
        ...(endpoint?.SubnetIds ?? []),
        ...(endpoint?.RouteTableIds ?? []),
      ]
    },
    igw: () => ['public-access'],
    eigw: () => ['public-access'],
    role: (object) => policiesOf(network, object.slice('role/'.length)),
  }
  return (object) => kinds[/^[a-z]+(?=[-/])/.exec(object)?.[0] ?? '']?.(object) ?? []
}

const everywhere = <T>(network: Network, list: (scope: Scope) => Known<readonly T[]>): readonly T[] =>
  network.snapshot.scopes.flatMap((scope) => {
    const found = list(scope)
    return found.known ? found.value : []
  })

const ofAcl = (acl: NetworkAcl | undefined, subnetId: string): readonly string[] =>
  acl
    ? [
        acl.NetworkAclId,
        ...(acl.Associations ?? []).flatMap(({ SubnetId, NetworkAclAssociationId }) =>
          SubnetId === subnetId && NetworkAclAssociationId ? [NetworkAclAssociationId] : [],
        ),
      ]
    : []

const ofTable = ({ RouteTableId, Associations }: RouteTable, subnetId: string): readonly string[] => [
  RouteTableId,
  ...(Associations ?? []).flatMap(({ SubnetId, RouteTableAssociationId }) =>
    SubnetId === subnetId && RouteTableAssociationId ? [RouteTableAssociationId] : [],
  ),
]

const targetsOf = (table: RouteTable | undefined): readonly string[] =>
  (table?.Routes ?? [])
    .flatMap((route) => [
      route.GatewayId,
      route.NatGatewayId,
      route.EgressOnlyInternetGatewayId,
      route.VpcPeeringConnectionId,
      route.TransitGatewayId,
      route.TransitGatewayId && startAt(route.TransitGatewayId),
      route.NetworkInterfaceId,
      route.DestinationPrefixListId,
    ])
    .filter((id) => id !== undefined && id !== 'local') as string[]

const endpointsOf = ({ vpcEndpoints }: Network, vpcId: string): readonly string[] =>
  [...vpcEndpoints.values()].filter(({ VpcId }) => VpcId === vpcId).map(({ VpcEndpointId }) => VpcEndpointId)

/** Its attachments, and the tables in which they are looked up. */
const ofTransit = ({ transit }: Network, id: string): readonly string[] =>
  [...transit.attachments.values()]
    .filter(({ TransitGatewayId }) => TransitGatewayId === id)
    .flatMap(({ TransitGatewayAttachmentId: attachment }) => {
      const association = transit.associationOf(id, attachment)
      return [attachment, ...('table' in association && association.table ? [association.table] : [])]
    })

const policiesOf = (network: Network, role: string): readonly string[] =>
  network.snapshot.scopes.flatMap(({ responses }) =>
    (responses['iam:ListAttachedRolePolicies']?.[role]?.AttachedPolicies ?? []).flatMap(
      ({ PolicyArn }) => PolicyArn ?? [],
    ),
  )
