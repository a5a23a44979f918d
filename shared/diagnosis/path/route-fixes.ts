/** Routes that lead the check, or its replies, through a peering connection that is there. */

import type { DecidingRule } from '../../reachability/result.ts'
import type { Route, VpcPeeringConnection } from '../../snapshot/types.ts'
import type { Fix, Patch } from '../fix.ts'
import type { Incident } from '../incident.ts'
import type { Breach, BrokenPath } from './breaches.ts'

/** Of a subnet's route table only: nothing else holds routes to peering connections. */
export function routeFixes(breach: Breach, { network, scope }: Incident): readonly Fix[] {
  if (breach.blocker.component.type !== 'route-table') return []
  const patches = new Map<string, Patch>()
  for (const path of breach.paths) {
    const [from, to] = vpcsOf(path)
    const peering = [...network.peerings.values()].find((candidate) => joins(candidate, from, to))
    const destination = destinationOf(path)
    if (!peering || destination === undefined) return withoutBlackhole(breach, scope)
    const route: Route = {
      DestinationCidrBlock: destination,
      VpcPeeringConnectionId: peering.VpcPeeringConnectionId,
      State: 'active',
      Origin: 'CreateRoute',
    }
    const routeTableId = breach.blocker.component.id
    const replaces = replacesRoute(network, routeTableId, destination)
    patches.set(destination, { kind: 'route', routeTableId, route, replaces })
  }
  const title = `Route ${[...patches.keys()].join(', ')} in ${breach.blocker.component.id} through the peering connection`
  return [{ title, patches: [...patches.values()], verifiable: true }]
}

/** Within a VPC the local route leads there, once no more specific blackhole stands before it. */
function withoutBlackhole({ blocker, paths }: Breach, { region }: Incident['scope']): readonly Fix[] {
  const inside = paths.every((path) => new Set(vpcsOf(path)).size === 1)
  if (blocker.awsExplanationCode !== 'BAD_STATE_ROUTE' || !inside) return []
  const table = blocker.component.id
  const destinations = paths.flatMap(({ probe: { explanation } }) =>
    explanation[blocker.leg].flatMap(({ component: { id }, verdict, rule }) =>
      id === table && verdict === 'block' && rule ? destinationOption(rule) : [],
    ),
  )
  const title = `Delete the blackhole of ${table}, so that the local route leads to the other end; or let it lead to an appliance that is there`
  const cli = [...new Set(destinations)].map(
    (destination) => `aws ec2 delete-route --route-table-id ${table} ${destination} --region ${region}`,
  )
  return cli.length === 0 ? [] : [{ title, patches: [], verifiable: false, manual: { cli } }]
}

/** A route has one destination: a prefix list, or a block of either family. */
function destinationOption(route: DecidingRule): readonly string[] {
  const { destinationPrefixListId: list, destinationCidr: cidr } = route
  if (typeof list === 'string') return [`--destination-prefix-list-id ${list}`]
  if (typeof cidr !== 'string') return []
  return [`--destination-${cidr.includes(':') ? 'ipv6-' : ''}cidr-block ${cidr}`]
}

function replacesRoute(network: Incident['network'], routeTableId: string, destination: string): boolean {
  const tables = network.snapshot.scopes.flatMap(
    (scope) => scope.responses['ec2:DescribeRouteTables']?.RouteTables ?? [],
  )
  const table = tables.find(({ RouteTableId }) => RouteTableId === routeTableId)
  return table?.Routes?.some(({ DestinationCidrBlock }) => DestinationCidrBlock === destination) ?? false
}

/** The subnet of the packet's destination: the least that a route can lead to. */
function destinationOf({ blocker, target, probe }: BrokenPath): string | undefined {
  const subnet =
    blocker.leg === 'forward'
      ? target.end.known
        ? target.end.value.nic.subnet
        : undefined
      : probe.node.nic.subnet
  return subnet?.cidr?.text
}

function vpcsOf({ blocker, target, probe }: BrokenPath): readonly [string | undefined, string | undefined] {
  const balancer = probe.node.nic.vpcId
  const other = target.end.known ? target.end.value.nic.vpcId : undefined
  return blocker.leg === 'forward' ? [balancer, other] : [other, balancer]
}

const joins = (peering: VpcPeeringConnection, from: string | undefined, to: string | undefined): boolean => {
  const sides = [peering.RequesterVpcInfo?.VpcId, peering.AccepterVpcInfo?.VpcId]
  return (
    peering.Status?.Code === 'active' &&
    from !== undefined &&
    to !== undefined &&
    from !== to &&
    sides.includes(from) &&
    sides.includes(to)
  )
}
