/** Subnets with the network ACL and the route table that apply to them. */
import { listed } from '../snapshot/known.ts'
import type { NetworkAcl, RouteTable, Scope } from '../snapshot/types.ts'
import { type Cidr, parseCidr } from './address.ts'

export interface Subnet {
  readonly id: string
  /** Its place among all subnets, from 0; -1 for what only stands for one. */
  readonly number: number
  readonly vpcId: string | undefined
  readonly availabilityZone: string | undefined
  /** The zone's id is the same in every account, its name is not. */
  readonly zoneId: string | undefined
  /** On hardware of the customer’s, which belongs to a zone and is none. */
  readonly onOutpost: boolean
  readonly cidr: Cidr | undefined
  readonly scope: Scope
  readonly name: string | undefined
  /** Index into `network.acls`, -1 when not known. Every subnet has exactly one. */
  readonly acl: number
  /** Index into `network.routeTables`, -1 when not known: its own, else the VPC's main table. */
  readonly routeTable: number
}

export function subnetsOf(
  scopes: readonly Scope[],
  acls: readonly NetworkAcl[],
  tables: readonly RouteTable[],
): ReadonlyMap<string, Subnet> {
  const aclOf = aclAssociations(acls)
  const tableOf = tableAssociations(tables)
  const subnets = new Map<string, Subnet>()
  const vpcIds = new Map<string | undefined, string | undefined>()
  for (const scope of scopes) {
    const list = listed(scope, 'ec2:DescribeSubnets', 'Subnets')
    for (const subnet of list.known ? list.value : []) {
      if (!vpcIds.has(subnet.VpcId)) vpcIds.set(subnet.VpcId, subnet.VpcId)
      subnets.set(subnet.SubnetId, {
        id: subnet.SubnetId,
        number: subnets.size,
        // One string for all subnets of a VPC: equal ids are then compared at a glance.
        vpcId: vpcIds.get(subnet.VpcId),
        availabilityZone: subnet.AvailabilityZone,
        zoneId: subnet.AvailabilityZoneId,
        onOutpost: subnet.OutpostArn !== undefined,
        cidr: subnet.CidrBlock === undefined ? undefined : parseCidr(subnet.CidrBlock),
        scope,
        name: subnet.Tags?.find(({ Key }) => Key === 'Name')?.Value,
        acl: aclOf.get(subnet.SubnetId) ?? -1,
        routeTable: tableOf.explicit.get(subnet.SubnetId) ?? tableOf.main.get(subnet.VpcId ?? '') ?? -1,
      })
    }
  }
  return subnets
}

function aclAssociations(acls: readonly NetworkAcl[]): ReadonlyMap<string, number> {
  const bySubnet = new Map<string, number>()
  acls.forEach((acl, index) => {
    for (const { SubnetId } of acl.Associations ?? []) if (SubnetId) bySubnet.set(SubnetId, index)
  })
  return bySubnet
}

/** A table of which not all associations were told could be any subnet's: then nobody falls back to main. */
function tableAssociations(tables: readonly RouteTable[]) {
  const explicit = new Map<string, number>()
  const main = new Map<string, number>()
  tables.forEach((table, index) => {
    for (const { SubnetId, Main, AssociationState } of table.Associations ?? []) {
      const active = (AssociationState?.State ?? 'associated') === 'associated'
      if (SubnetId && active) explicit.set(SubnetId, index)
      else if (Main && table.VpcId) main.set(table.VpcId, index)
    }
  })
  for (const { Associations, VpcId } of tables) if (VpcId && !toldFully(Associations)) main.delete(VpcId)
  return { explicit, main }
}

/** Every association names what it is about: a subnet, a gateway, or that it is the main one. */
const toldFully = (associations: RouteTable['Associations']): boolean =>
  associations?.every(({ SubnetId, GatewayId, Main }) => SubnetId || GatewayId || Main) ?? false

/** Whether two subnets lie in one zone; undefined where that cannot be told. */
export function sameZone(one: Subnet, other: Subnet): boolean | undefined {
  if (one.zoneId !== undefined && other.zoneId !== undefined) return one.zoneId === other.zoneId
  const { availabilityZone: name } = one
  if (name === undefined || other.availabilityZone === undefined) return undefined
  return one.scope.accountId === other.scope.accountId ? name === other.availabilityZone : undefined
}
