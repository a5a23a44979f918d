/** Load balancer nodes whose address was not collected: the answer must hold for every address of their subnet. */
import type { Interval } from '../network/intervals.ts'
import type { Network } from '../network/network.ts'
import { combine } from './combine.ts'
import { explain } from './explanation.ts'
import type { Flow } from './flow.ts'
import type { End, Inside, Visitor } from './layers.ts'
import { representatives } from './ranges.ts'
import type { Explanation } from './result.ts'
import { walk } from './walk.ts'

/** An end that could be any address of its interface's subnet. */
export interface Somewhere extends Inside {
  readonly somewhere: true
}

const isSomewhere = (end: End | Somewhere): end is Somewhere => 'somewhere' in end

/** @returns unknown where it depends on the address. */
export function explainAnywhere(
  network: Network,
  from: End | Somewhere,
  to: End | Somewhere,
  flow: Flow,
): Explanation {
  const sources = candidates(network, from, to, flow, (source, visitor) => walk(network, source, to, visitor))
  const targets = candidates(network, to, from, flow, (target, visitor) =>
    walk(network, from, target, visitor),
  )
  const walks = sources.flatMap((source) => targets.map((target) => explain(network, source, target, flow)))
  return agreed(walks, [from, to])
}

/** What holds for every address that the ends could have. @param walks one for each of them, at least one */
export function agreed(walks: readonly Explanation[], ends: readonly (End | Somewhere)[]): Explanation {
  const [first, ...rest] = walks as [Explanation, ...Explanation[]]
  if (walks.every(({ verdict }) => verdict === first.verdict)) return first
  const places = ends.filter(isSomewhere).map(({ nic }) => nic.subnetId)
  const because = `which address of ${places.join(' and ')} the load balancer uses decides, and it was not collected`
  const together = combine([first, ...rest])
  return {
    ...together,
    verdict: 'unknown',
    unknown: [...together.unknown, { missing: 'ec2:DescribeNetworkInterfaces', because }],
  }
}

/** Addresses of an end that together stand for all that it could have, as far as the other end's rules go. */
export function candidates(
  network: Network,
  end: End | Somewhere,
  other: End,
  { protocol }: Flow,
  wayWith: (end: End, visitor: Visitor) => void,
): readonly End[] {
  if (!isSomewhere(end) || !isInside(other)) return [end]
  const range = end.nic.subnet?.cidr?.range as Interval<number> | undefined
  if (!range) return [end]
  const at = (address: number): End => ({ nic: end.nic, address })
  return representatives(network, range, other, protocol, (address, visitor) =>
    wayWith(at(address), visitor),
  ).map(at)
}

const isInside = (end: End): end is Inside => end.nic !== undefined
