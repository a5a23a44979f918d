/**
 * The independent oracle: does ONE concrete packet, and the reply to it, get through?
 *
 * Linear scans over the raw AWS JSON; shares no code with the engine. Layers in the order in which the packet
 * meets them; every one is asked, also after one has blocked, as if the packet had passed.
 */
import type { Aws } from './aws.ts'
import type { Layer, Leg } from './checks.ts'
import { type Journey, journeysOf, type Packet } from './journeys.ts'
import type { Hop } from './place.ts'

export type { Packet }

export interface Judgement {
  /** The layers that block the packet or its reply; none: it is answered. */
  readonly blocking: ReadonlySet<Layer>
  /** The legs that are not judged to their end, since their way breaks where it is not yet known. */
  readonly cut: ReadonlySet<Leg>
  /** AWS's documentation does not tell, or leaves AWS a choice that matters here. */
  readonly silent: boolean
  /** There. */
  readonly hops: readonly Hop[]
  readonly hopsBack: readonly Hop[]
  readonly nats: number
}

export function judge(aws: Aws, packet: Packet): Judgement {
  const judged = journeysOf(aws, packet).map((journey) => ({ ...journey, blocking: blockingIn(journey) }))
  const [first] = judged
  if (!first) throw new Error(`no way from ${packet.from} to ${packet.to}`)
  const differ = judged.some(({ blocking }) => !equal(blocking, first.blocking))
  return {
    blocking: first.blocking,
    cut: new Set(judged.flatMap(({ cut }) => cut)),
    silent: differ || judged.some(({ silent }) => silent),
    hops: first.way.hops,
    hopsBack: first.hopsBack,
    nats: first.way.nats.length,
  }
}

const blockingIn = ({ checks }: Journey): ReadonlySet<Layer> =>
  new Set(checks.filter(([, passes]) => !passes).map(([layer]) => layer))

const equal = (one: ReadonlySet<Layer>, other: ReadonlySet<Layer>): boolean =>
  one.size === other.size && [...one].every((layer) => other.has(layer))
