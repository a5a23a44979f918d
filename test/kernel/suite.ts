/** The comparison on many networks, and the proof that it notices a kernel that is set up wrong. */

import { type Case, caseOf } from './case.ts'
import { judge } from './compare.ts'
import { disagreementText } from './disagreement.ts'
import { mutants } from './mutants.ts'
import type { Oracle } from './oracle.ts'
import { randomCases } from './random-networks.ts'
import { count, emptyTally, type Tally } from './tally.ts'

export interface Sum {
  readonly tally: Tally
  /** The first cases, for the mutants. */
  readonly cases: readonly Case[]
  readonly probes: number
  readonly passed: number
  /** Packets of which the engine says that it cannot know. */
  readonly unknown: number
  /** Networks in which engine and kernel disagree. */
  readonly disagreed: number
}

/** A wrong kernel is noticed within this many networks. */
const CASES_FOR_MUTANTS = 600
const PRINTED = 10

/** @param say prints a disagreement */
export async function compareAll(
  oracles: readonly Oracle[],
  seed: number,
  networks: number,
  say: (text: string) => void,
): Promise<Sum> {
  const tally = emptyTally()
  const cases: Case[] = []
  const sum = { probes: 0, passed: 0, unknown: 0, disagreed: 0 }
  await spread(oracles, randomCases(seed, networks), async (oracle, random, number) => {
    const found = caseOf(random)
    if (number < CASES_FOR_MUTANTS) cases.push(found)
    const judged = await judge(oracle, found)
    sum.unknown += found.unknown
    sum.probes += judged.length
    sum.passed += judged.filter(({ passed }) => passed).length
    for (const one of judged) count(tally, one, found.kernel.vpcs)
    const disagreed = judged.filter(({ agreed }) => !agreed)
    if (disagreed.length === 0) return
    sum.disagreed += 1
    if (sum.disagreed <= PRINTED) say(disagreementText(`${seed}-${number}`, found.snapshot, disagreed))
  })
  return { ...sum, tally, cases }
}

/** @returns the mutants with which the engine agrees on every probe: the comparison does not notice them */
export async function unnoticedMutants(
  oracles: readonly Oracle[],
  cases: readonly Case[],
): Promise<readonly string[]> {
  const unnoticed: string[] = []
  await spread(oracles, Object.keys(mutants), async (oracle, name) => {
    if (!(await notices(oracle, cases, name))) unnoticed.push(name)
  })
  return unnoticed
}

async function notices(oracle: Oracle, cases: readonly Case[], name: string): Promise<boolean> {
  const mutate = mutants[name]
  for (const one of cases) {
    const judged = await judge(oracle, { ...one, kernel: mutate?.(one.kernel) ?? one.kernel })
    if (judged.some(({ agreed }) => !agreed)) return true
  }
  return false
}

/** The next task as soon as an oracle is free. */
export async function spread<T>(
  oracles: readonly Oracle[],
  tasks: readonly T[],
  run: (oracle: Oracle, task: T, number: number) => Promise<void>,
): Promise<void> {
  const queue = tasks.entries()
  const lane = async (oracle: Oracle) => {
    for (const [number, task] of queue) await run(oracle, task, number)
  }
  await Promise.all(oracles.map(lane))
}
