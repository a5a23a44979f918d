/** One hop: what the route that takes a packet out of a subnet does with it. */
import { isIpv6 } from './addresses.ts'
import { type Aws, activePeering, type Route, vpcContains } from './aws.ts'
import { isKnownOnTheInternet, leadsToInternet, leavesByEgressOnly, leavesByEndpoint } from './gateways.ts'
import { breaks, type Goal, type Hop, type Place, type Step } from './place.ts'
import { hopOf, routeFor, usable } from './routes.ts'
import { rideFrom } from './transit.ts'

interface Asked {
  readonly aws: Aws
  readonly place: Place
  readonly goal: Goal
  readonly route: Route
  readonly protocol: number
}

export function stepFrom(aws: Aws, place: Place, goal: Goal, protocol: number): Step {
  if (goal.inside && goal.inside.subnetId === place.subnetId) return { kind: 'arrives', hop: 'subnet' }
  const route = routeFor(aws, place.subnetId, goal.address)
  if (!usable(route)) return breaks('nowhere')
  return steps[hopOf(route)]({ aws, place, goal, route, protocol })
}

const OVER_THE_INTERNET: Step = { kind: 'silent', because: 'IPv6 from VPC to VPC over the internet' }

const steps: Readonly<Record<Hop, (asked: Asked) => Step>> = {
  subnet: () => breaks('subnet'),
  nowhere: () => breaks('nowhere'),

  local: ({ aws, place, goal }) =>
    goal.inside?.vpcId === place.vpcId && vpcContains(aws, place.vpcId, goal.address)
      ? { kind: 'arrives', hop: 'local' }
      : breaks('local'),

  /** The connection of just these two VPCs, and for what begins in one of them. */
  peering: ({ aws, place, goal, route }) => {
    const peering = activePeering(aws, place.vpcId, goal.inside?.vpcId)
    const leads = peering && route.VpcPeeringConnectionId === peering.VpcPeeringConnectionId
    return leads && place.by !== 'transit' ? { kind: 'arrives', hop: 'peering' } : breaks('peering')
  },

  transit: ({ aws, place, goal, route }) =>
    place.by === 'transit'
      ? { kind: 'silent', because: 'a VPC that a transit gateway hands a packet to sends it back there' }
      : rideFrom(aws, place, route.TransitGatewayId, goal.address),

  /** A NAT gateway serves what is in its own VPC, and what a transit gateway brings there; never itself. */
  nat: ({ aws, place, goal, route }) => {
    const nat = aws.natGateways.find(({ NatGatewayId }) => NatGatewayId === route.NatGatewayId)
    const serves = nat?.State === 'available' && nat.VpcId === place.vpcId && place.by !== 'nat'
    return nat && serves && !isIpv6(goal.address) ? { kind: 'translates', nat } : breaks('nat')
  },

  internet: ({ aws, place, goal, route }) => {
    if (goal.inside && isIpv6(goal.address)) return OVER_THE_INTERNET
    return !goal.inside &&
      leadsToInternet(aws, place, route, goal.address) &&
      isKnownOnTheInternet(place, goal.address)
      ? { kind: 'leaves', hop: 'internet' }
      : breaks('internet')
  },

  'egress-only': ({ aws, place, goal, route }) => {
    if (goal.inside) return OVER_THE_INTERNET
    return leavesByEgressOnly(aws, place, route, goal.address)
      ? { kind: 'leaves', hop: 'egress-only' }
      : breaks('egress-only')
  },

  endpoint: ({ aws, place, goal, route, protocol }) => {
    if (place.by === 'nat') return { kind: 'silent', because: 'a gateway endpoint behind a NAT gateway' }
    return !goal.inside && leavesByEndpoint(aws, place, route, protocol)
      ? { kind: 'leaves', hop: 'endpoint' }
      : breaks('endpoint')
  },
}
