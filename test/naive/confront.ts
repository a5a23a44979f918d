/** Evaluators that are wrong on purpose, held against the engine where it agrees with the right one. */
import type { Aws } from './aws.ts'
import type { Layer } from './checks.ts'
import { ask, disagreement, isCutOff, type Network } from './compare.ts'
import { type Enumerated, enumerate } from './enumerate.ts'
import type { Flow, Ports } from './flows.ts'
import { hasGap } from './gaps.ts'
import type { Mutant } from './mutant.ts'
import { mutants } from './mutants.ts'

/** In how many pairs the evaluator is wrong, the engine shows it, and the engine did not follow the way. */
export interface Findings {
  wrong: number
  caught: number
  gaps: number
}

/** More prove no more. */
export const ENOUGH = 5

const frequent = [...mutants].filter(([, { rare }]) => !rare)
const plain = frequent.filter(([, { about }]) => !about)

export const noFindings = (): ReadonlyMap<string, Findings> =>
  new Map(frequent.map(([name]) => [name, { wrong: 0, caught: 0, gaps: 0 }]))

const first = ({ from }: Ports): Ports => ({ from, to: from })

/** Those that are wrong about a way are asked about single ports, which is quicker. */
export function confront(aws: Aws, compiled: Network, flow: Flow, findings: ReadonlyMap<string, Findings>) {
  const one = {
    ...flow,
    sourcePorts: first(flow.sourcePorts),
    destinationPorts: first(flow.destinationPorts),
  }
  confrontWith(plain, aws, compiled, flow, findings)
  confrontWith(frequent, aws, compiled, one, findings)
}

function confrontWith(
  wrong: readonly (readonly [string, Mutant])[],
  aws: Aws,
  compiled: Network,
  flow: Flow,
  findings: ReadonlyMap<string, Findings>,
) {
  const right = enumerate(aws, flow, [])
  const suspects = wrong.filter(([name, mutant]) => {
    const found = findings.get(name)
    return right && found && !isProven(found) && concerns(mutant, right)
  })
  if (!right || suspects.length === 0) return
  const answer = ask(compiled, flow)
  if (disagreement(answer, right)) return
  for (const [name, { evaluate }] of suspects) {
    const judged = enumerate(aws, flow, [], evaluate)
    const found = findings.get(name)
    if (!judged || !found || same(judged, right)) continue
    found.wrong += 1
    if (disagreement(answer, judged)) found.caught += 1
    else if (hasGap(answer)) found.gaps += 1
  }
}

const isProven = ({ caught }: Findings): boolean => caught >= ENOUGH

export const areProven = (findings: ReadonlyMap<string, Findings>): boolean =>
  [...findings.values()].every(isProven)

const concerns = ({ about }: Mutant, { hops }: Enumerated): boolean =>
  about === undefined || about.some((hop) => hops.has(hop))

/** Of what is said of a way that is cut off no other opinion can be wrong. */
function same(one: Enumerated, other: Enumerated): boolean {
  const judged = ({ layers }: Enumerated) =>
    new Set([...layers.keys()].filter((layer) => !isCutOff(one, layer) && !isCutOff(other, layer)))
  return one.verdict === other.verdict && equal(judged(one), judged(other))
}

const equal = (one: ReadonlySet<Layer>, other: ReadonlySet<Layer>): boolean =>
  one.size === other.size && [...one].every((layer) => other.has(layer))
