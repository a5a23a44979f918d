/**
 * From a Network Load Balancer's node to a target that sees the client's address: rules and ACLs of the target's side
 * meet the client, routes and the replies' way are the load balancer's.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 */
import { formatAddress } from '../network/address.ts'
import type { GroupSet } from '../network/group-sets.ts'
import type { Network } from '../network/network.ts'
import { sameVpcPeering } from '../network/peerings.ts'
import { agreed, candidates, type Somewhere } from './anywhere.ts'
import { explainAlong } from './explanation.ts'
import { groupsCover } from './filters.ts'
import type { Flow } from './flow.ts'
import { type End, type Identity, type Inside, NO_GROUPS, type RouteOutcome, type Visitor } from './layers.ts'
import type { Component, Explanation } from './result.ts'
import { notModelled, routeBetween } from './routing.ts'

export interface PreservedWay {
  readonly client: End
  readonly node: Inside
  readonly target: Inside
  readonly balancer: Component
}

/** @param flow from the client's own ports to the target's */
export function explainPreserved(
  network: Network,
  way: PreservedWay & { readonly client: End | Somewhere; readonly target: Inside | Somewhere },
  flow: Flow,
): Explanation {
  const visit = (ends: Partial<PreservedWay>, visitor: Visitor) =>
    walkPreserved(network, { ...way, ...ends }, flow, visitor)
  const clients = candidates(network, way.client, way.target, flow, (client, visitor) =>
    visit({ client }, visitor),
  )
  const targets = candidates(network, way.target, way.node, flow, ({ address }, visitor) =>
    visit({ target: { nic: way.target.nic, address } }, visitor),
  )
  const walks = clients.flatMap((client) =>
    targets.map(({ address }) => {
      const one = { ...way, client, target: { nic: way.target.nic, address } }
      return explainAlong(network, way.node, one.target, flow, (visitor) =>
        walkPreserved(network, one, flow, visitor),
      )
    }),
  )
  return agreed(walks, [way.client, way.target])
}

function walkPreserved(network: Network, way: PreservedWay, flow: Flow, visitor: Visitor): void {
  const { client, node, target, balancer } = way
  const sameVpc = node.nic.vpcId !== undefined && node.nic.vpcId === target.nic.vpcId
  const identity = sameVpc ? 1 : sameVpcPeering(network, node.nic, target.nic)
  visitor.groups('egress', node.nic, target.address, carried(target.nic.groups, identity), identity)
  const crosses = node.nic.subnetId === undefined || node.nic.subnetId !== target.nic.subnetId
  if (crosses) {
    visitor.acl('forward', 'egress', node.nic, target.address, 'destination')
    visitor.route('forward', node.nic, target.address, straight(routeBetween(network, node.nic, target)))
    visitor.acl('forward', 'ingress', target.nic, client.address, 'destination')
  }
  visitTargetGroups(network, way, flow, identity, visitor)
  if (crosses) visitor.acl('return', 'egress', target.nic, client.address, 'source')
  visitor.gateway('return', 'egress', balancer, {
    verdict: 'pass',
    explanation: () =>
      `replies to ${formatAddress(client.address)} go back through the load balancer, whatever the routes of ${target.nic.subnetId} say`,
  })
  if (crosses) visitor.acl('return', 'ingress', node.nic, target.address, 'source')
}

/** Client addresses are preserved within the VPC and over peering; through any gateway it is not documented. */
const straight = (outcome: RouteOutcome): RouteOutcome =>
  outcome.kind === 'gateway' ? notModelled(outcome.route, outcome.identity) : outcome

const carried = (groups: GroupSet, identity: Identity): GroupSet => (identity === 0 ? NO_GROUPS : groups)

/**
 * Rules match the client's address, and the load balancer's groups by reference. Whether they match the client's
 * groups as well is nowhere documented for certain.
 */
function visitTargetGroups(
  network: Network,
  { client, node, target }: PreservedWay,
  { protocol, destinationPorts }: Flow,
  identity: Identity,
  visitor: Visitor,
): void {
  const cover = (groups: GroupSet, seen: Identity) =>
    groupsCover(network, target.nic, 'ingress', protocol, client.address, groups, seen, destinationPorts)
  const balancers = carried(node.nic.groups, identity)
  const admitted = cover(balancers, identity).maybe.length > 0
  if (admitted || cover(client.nic?.groups ?? NO_GROUPS, 2).maybe.length === 0) {
    visitor.groups('ingress', target.nic, client.address, balancers, identity)
    return
  }
  const groups = target.nic.groups.ids.join(', ')
  const because = `whether rules of ${groups} that refer to the client's security groups match a client address that a Network Load Balancer preserves is not documented`
  visitor.gateway(
    'forward',
    'ingress',
    { type: 'security-group', id: target.nic.groups.ids[0] ?? target.nic.id },
    { verdict: 'unknown', missing: { missing: 'ec2:DescribeSecurityGroups', because } },
  )
}
