/** A packet's whole way, hop by hop: which subnets' edges it crosses, who translates it, and how it ends. */
import type { Aws, NatGateway } from './aws.ts'
import { type Goal, type Hop, type Place, placeOfNat, type Step } from './place.ts'
import { stepFrom } from './step.ts'

/** A subnet's edge. Its ACL looks at the remote address: the destination of what leaves, the source of what enters. */
export interface Crossing {
  readonly direction: 'egress' | 'ingress'
  readonly subnetId: string | undefined
  readonly remote: string
}

export interface Walk {
  /** The last one is where the way ends or breaks. */
  readonly hops: readonly Hop[]
  readonly crossings: readonly Crossing[]
  readonly nats: readonly NatGateway[]
  readonly end: 'arrives' | 'leaves' | 'breaks' | 'silent'
}

export interface Trip {
  readonly goal: Goal
  readonly protocol: number
  /** A reply that a NAT gateway translates is none any more. */
  readonly translation: 'allowed' | 'lost'
}

/** All ways that AWS may choose from: a transit gateway may have several subnets to hand the packet to. */
export function waysFrom(
  aws: Aws,
  trip: Trip,
  place: Place,
  source: string,
  passed: readonly NatGateway[] = [],
): readonly Walk[] {
  const step = stepFrom(aws, place, trip.goal, trip.protocol)
  const edges = edgesOf(place, trip.goal.address, source)
  if (step.kind === 'rides') {
    const entered = [edges.out, edges.aboard(step.entry)]
    return step.exits
      .flatMap((exit) => waysFrom(aws, trip, exit, source, passed))
      .map((way) => after('transit', entered, way))
  }
  if (step.kind === 'translates' && trip.translation === 'allowed' && !passed.includes(step.nat)) {
    const { nat } = step
    return waysFrom(aws, trip, placeOfNat(nat), natAddress(nat), [...passed, nat]).map((way) =>
      after('nat', edges.to(nat.SubnetId), way),
    )
  }
  return [{ ...lastOf(step, place, edges, trip.goal), nats: passed }]
}

const after = (hop: Hop, crossings: readonly Crossing[], way: Walk): Walk => ({
  ...way,
  hops: [hop, ...way.hops],
  crossings: [...crossings, ...way.crossings],
})

type Edges = ReturnType<typeof edgesOf>

/**
 * The edges that a packet crosses on its way from a place; none within a subnet.
 * https://docs.aws.amazon.com/vpc/latest/tgw/tgw-nacls.html
 */
function edgesOf(place: Place, destination: string, source: string) {
  const out: Crossing = { direction: 'egress', subnetId: place.subnetId, remote: destination }
  const into = (subnetId: string | undefined): Crossing => ({
    direction: 'ingress',
    subnetId,
    remote: source,
  })
  const to = (subnetId: string | undefined): readonly Crossing[] =>
    subnetId === place.subnetId ? [] : [out, into(subnetId)]
  // Inbound rules of the attachment's subnet are asked also about what is in that subnet, see tgw-nacls.html.
  return { out, aboard: into, to }
}

function lastOf(step: Step, place: Place, edges: Edges, { inside }: Goal): Omit<Walk, 'nats'> {
  switch (step.kind) {
    case 'arrives':
      return { hops: [step.hop], crossings: edges.to(inside?.subnetId), end: 'arrives' }
    case 'leaves':
      return { hops: [step.hop], crossings: [edges.out], end: 'leaves' }
    case 'silent':
      return { hops: ['nowhere'], crossings: [], end: 'silent' }
    case 'breaks': {
      const entered = step.entry === undefined ? [] : [edges.aboard(step.entry)]
      return {
        hops: [step.hop],
        crossings: place.by === 'transit' ? [] : [edges.out, ...entered],
        end: 'breaks',
      }
    }
    // The way back does not end at a NAT gateway that it meets.
    default:
      return { hops: ['nat'], crossings: [edges.out], end: 'breaks' }
  }
}

/** The address that a NAT gateway puts in the place of the sender's: public or private, inside of AWS it is this one. */
export function natAddress(nat: NatGateway): string {
  const address = nat.NatGatewayAddresses?.[0]?.PrivateIp
  if (address === undefined) throw new Error(`${nat.NatGatewayId} has no private address`)
  return address
}
