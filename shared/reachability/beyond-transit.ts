/** Where a transit gateway hands a packet to a subnet of a VPC, whose routes take it on. */
import type { Choice, Place, RouteOutcome, Visitor } from './layers.ts'
import { type Arrival, OUT_OF_SIGHT, type Packet } from './packet.ts'

/** Out of an attachment. */
export interface HandedOut {
  /** Into one of these subnets. */
  readonly places: readonly [Place, ...Place[]]
  /** Tells of the attachment, when it is known what the subnets come to. */
  readonly tell: (choice: Choice) => void
}

type Onward = (place: Place, visitor: Visitor) => Arrival

/**
 * Peering is not transitive: it carries what begins in one of its VPCs, and ends in the other.
 * https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
 */
export function routeBeyond(outcome: RouteOutcome): RouteOutcome {
  if (outcome.kind === 'peering') {
    const { id, route } = outcome
    const because = () => `${id} takes nothing that a transit gateway brings: peering is not transitive`
    return { kind: 'astray', route, code: 'NO_POSSIBLE_DESTINATION', because, identity: 0 }
  }
  if (outcome.kind !== 'gateway' || outcome.route.target.kind !== 'transit-gateway') return outcome
  const because = `whether ${outcome.route.target.id} takes what a transit gateway handed out is not documented`
  return { kind: 'unknown', missing: { missing: 'ec2:DescribeRouteTables', because }, identity: 2 }
}

/** On from whichever subnet it is, where that makes no difference; else only what is true of all of them. */
export function goOn({ places, tell }: HandedOut, packet: Packet, visitor: Visitor, onward: Onward): Arrival {
  const arrivals: Arrival[] = []
  const [first, ...others] = places
  const choice = others.length === 0 ? 'same' : tried(places, visitor, onward, arrivals)
  tell(choice)
  if (choice !== 'differ') return onward(first, visitor)
  const [arrival = OUT_OF_SIGHT] = arrivals
  if (arrivals.some(({ kind }) => kind !== 'there')) return OUT_OF_SIGHT
  const { leg, goal, source, ports } = packet
  if (goal && places.every(({ subnetId }) => subnetId !== goal.nic.subnetId))
    visitor.acl(leg, 'ingress', goal.nic, source, ports)
  return arrival
}

function tried(places: readonly Place[], visitor: Visitor, onward: Onward, arrivals: Arrival[]): Choice {
  const choice = visitor.choice(
    places.map((place) => (trial) => {
      arrivals.push(onward(place, trial))
    }),
  )
  const [first, ...others] = arrivals.map(ending)
  return choice === 'same' && others.some((other) => other !== first) ? 'differ' : choice
}

/** What is behind an arrival depends on this. */
function ending(arrival: Arrival): string {
  switch (arrival.kind) {
    case 'there':
      return `there ${arrival.identity}`
    case 'nat':
      return arrival.id
    case 'outside':
      return `outside ${arrival.exit.kind}`
    case 'out-of-sight':
      return arrival.kind
  }
}
