/**
 * The network of a changed snapshot. A snapshot is never changed in place, so what is the same object in both
 * is the same: groups, ACLs and route tables that differ are compiled again, everything else is shared.
 */
import { listed } from '../snapshot/known.ts'
import type { NetworkAcl, RouteTable, Scope, SecurityGroup, Snapshot } from '../snapshot/types.ts'
import { compileNetwork, type Network } from './network.ts'
import { compileAcl } from './network-acls.ts'
import { prefixListsOf } from './prefix-lists.ts'
import { compileRouteTable } from './route-tables.ts'
import { compileGroup } from './security-groups.ts'

export function withSnapshot(network: Network, snapshot: Snapshot): Network {
  const { scopes } = network.snapshot
  let made: Network | undefined = snapshot.scopes.length === scopes.length ? network : undefined
  snapshot.scopes.forEach((scope, index) => {
    const before = scopes[index]
    for (const operation of before ? changedResponses(before, scope) : []) {
      made = made && before && replace(made, operation, before, scope)
    }
  })
  return made ? { ...made, snapshot } : compileNetwork(snapshot)
}

const changedResponses = (before: Scope, after: Scope): readonly string[] =>
  Object.keys({ ...before.responses, ...after.responses }).filter(
    (operation) => responseOf(before, operation) !== responseOf(after, operation),
  )

const responseOf = ({ responses }: Scope, operation: string): unknown =>
  (responses as Readonly<Record<string, unknown>>)[operation]

/** @returns undefined when the change reaches further than the elements of one list */
function replace(network: Network, operation: string, before: Scope, after: Scope): Network | undefined {
  switch (operation) {
    case 'ec2:DescribeSecurityGroups':
      return each(network, groupsIn(before), groupsIn(after), (made, group, old) =>
        group.GroupId === old.GroupId ? withSecurityGroup(made, after, group) : undefined,
      )
    case 'ec2:DescribeNetworkAcls':
      return each(network, aclsIn(before), aclsIn(after), (made, acl, old) =>
        acl.NetworkAclId === old.NetworkAclId && acl.Associations === old.Associations
          ? withNetworkAcl(made, acl)
          : undefined,
      )
    case 'ec2:DescribeRouteTables':
      return each(network, tablesIn(before), tablesIn(after), (made, table, old) =>
        table.RouteTableId === old.RouteTableId && table.Associations === old.Associations
          ? withRouteTable(made, after, table)
          : undefined,
      )
    default:
      return isCompiled(operation) ? undefined : network
  }
}

/** Interfaces hold on to the scope they came from: what the engine reads there must not grow stale. */
const isCompiled = (operation: string): boolean =>
  operation.startsWith('ec2:') && operation !== 'ec2:DescribeInstances'

function each<T>(
  network: Network,
  before: readonly T[] | undefined,
  after: readonly T[] | undefined,
  put: (network: Network, item: T, old: T) => Network | undefined,
): Network | undefined {
  if (!before || !after || before.length !== after.length) return undefined
  return after.reduce<Network | undefined>((made, item, index) => {
    const old = before[index] as T
    return item === old ? made : made && put(made, item, old)
  }, network)
}

const groupsIn = (scope: Scope) => value(listed(scope, 'ec2:DescribeSecurityGroups', 'SecurityGroups'))
const aclsIn = (scope: Scope) => value(listed(scope, 'ec2:DescribeNetworkAcls', 'NetworkAcls'))
const tablesIn = (scope: Scope) => value(listed(scope, 'ec2:DescribeRouteTables', 'RouteTables'))

const value = <T>(list: { readonly known: true; readonly value: T } | { readonly known: false }) =>
  list.known ? list.value : undefined

function withSecurityGroup(network: Network, scope: Scope, group: SecurityGroup): Network {
  const compiled = compileGroup(group, prefixListsOf(scope))
  return {
    ...network,
    groups: network.groups.with(network.groupIndex.get(group.GroupId) as number, compiled),
  }
}

function withNetworkAcl(network: Network, acl: NetworkAcl): Network {
  const index = network.aclIndex.get(acl.NetworkAclId) as number
  return { ...network, acls: network.acls.with(index, compileAcl(acl)) }
}

function withRouteTable(network: Network, scope: Scope, table: RouteTable): Network {
  const index = network.routeTableIndex.get(table.RouteTableId) as number
  return {
    ...network,
    routeTables: network.routeTables.with(index, compileRouteTable(table, prefixListsOf(scope))),
  }
}
