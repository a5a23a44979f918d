/** A network with one fragment replaced; everything else is shared with the network it came from. */
import type { NetworkAcl, RouteTable, Scope, SecurityGroup } from '../snapshot/types.ts'
import { compileAcl } from './network-acls.ts'
import type { Network } from './network.ts'
import { prefixListsOf } from './prefix-lists.ts'
import { compileRouteTable } from './route-tables.ts'
import { compileGroup } from './security-groups.ts'

export function withSecurityGroup(network: Network, scope: Scope, group: SecurityGroup): Network {
  const index = network.groupIndex.get(group.GroupId)
  if (index === undefined) return network
  return { ...network, groups: network.groups.with(index, compileGroup(group, prefixListsOf(scope))) }
}

export function withNetworkAcl(network: Network, acl: NetworkAcl): Network {
  const index = network.aclIndex.get(acl.NetworkAclId)
  return index === undefined ? network : { ...network, acls: network.acls.with(index, compileAcl(acl)) }
}

export function withRouteTable(network: Network, scope: Scope, table: RouteTable): Network {
  const index = network.routeTableIndex.get(table.RouteTableId)
  if (index === undefined) return network
  return {
    ...network,
    routeTables: network.routeTables.with(index, compileRouteTable(table, prefixListsOf(scope))),
  }
}
