/** The reply's way: from where the packet arrived to each NAT gateway that translated it, and to its sender. */

import type { Aws } from './aws.ts'
import { type Check, checksOf, isCut, judgedCrossings, type Leg } from './checks.ts'
import { headerOf } from './header.ts'
import type { Goal, Hop, Place } from './place.ts'
import { type Crossing, waysFrom } from './walk.ts'

/** Where a reply is headed for, and the port that it is sent to there. */
export interface Stop {
  readonly place: Place
  readonly address: string
  readonly port: number
}

export interface Back {
  readonly checks: readonly Check[]
  readonly hops: readonly Hop[]
  readonly cut: boolean
  readonly silent: boolean
}

const LEG: Leg = 'return'
export const CUT: Back = { checks: [], hops: [], cut: true, silent: false }
const HOME: Back = { checks: [], hops: [], cut: false, silent: false }

const goalOf = ({ address, place }: Stop): Goal => ({ address, inside: place })

/** @param source the address that the reply comes from; no NAT gateway changes it */
export function backFrom(
  aws: Aws,
  place: Place,
  stops: readonly Stop[],
  source: string,
  protocol: number,
): readonly Back[] {
  const [stop, ...rest] = stops
  if (!stop) return [HOME]
  const header = headerOf(protocol, stop.port, LEG)
  const goal = goalOf(stop)
  return waysFrom(aws, { goal, protocol, translation: 'lost' }, place, source).flatMap(
    (way): readonly Back[] => {
      const arrives = way.end === 'arrives'
      const checks: readonly Check[] = [
        ['return route', arrives],
        ...checksOf(aws, LEG, judgedCrossings(way, goal, source), header),
      ]
      const cut = isCut(way, goal) || (!arrives && rest.length > 0)
      const silent = way.end === 'silent'
      if (cut) return [{ checks, hops: way.hops, cut, silent }]
      return backFrom(aws, stop.place, rest, source, protocol).map((next) => ({
        checks: [...checks, ...next.checks],
        hops: [...way.hops, ...next.hops],
        cut: next.cut,
        silent: silent || next.silent,
      }))
    },
  )
}

/** From outside, the gateway brings the reply into the subnet of what it knows as the sender. */
export function backFromOutside(
  aws: Aws,
  stops: readonly Stop[],
  source: string,
  protocol: number,
): readonly Back[] {
  const [first, ...rest] = stops
  if (!first) return [HOME]
  const landing: Crossing = { direction: 'ingress', subnetId: first.place.subnetId, remote: source }
  const landed = checksOf(aws, LEG, [landing], headerOf(protocol, first.port, LEG))
  return backFrom(aws, first.place, rest, source, protocol).map((back) => ({
    ...back,
    checks: [...landed, ...back.checks],
  }))
}
