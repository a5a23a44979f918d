/** What is measured of one snapshot file, each function in a process of its own. */
import { readFileSync } from 'node:fs'
import { compileSnapshot, explainQuery } from '../../shared/explain.ts'
import { createJudge, type Judge } from '../../shared/reachability/judge.ts'
import type { Verdict } from '../../shared/reachability/result.ts'
import { verdictOf } from '../../shared/reachability/verdict-bits.ts'
import { parseSnapshot } from '../../shared/snapshot/parse.ts'
import { collectGarbage, type Memory, medianRate, medianTime, memoryNow } from './measure.ts'
import { randomOf } from './random.ts'

type Network = ReturnType<typeof compileSnapshot>
type Interface = Network['interfaces'][number]
type End = Parameters<Judge>[0]
type Pair = readonly [from: End & { readonly nic: Interface }, to: End & { readonly nic: Interface }]

export interface Times {
  readonly interfaces: number
  readonly textBytes: number
  /** Milliseconds. */
  readonly jsonParse: number
  readonly snapshotParse: number
  readonly compile: number
}

export interface Rates {
  /** A second. */
  readonly concrete: number
  readonly setValued: number
  readonly concreteNear: number
  readonly setValuedNear: number
  readonly explanations: number
  readonly verdicts: Readonly<Record<Verdict, number>>
}

export interface Memories {
  /** A file read, parsed, compiled and asked, as `hca` does it. */
  readonly afterJsonParse: Memory
  readonly afterCompile: Memory
  /** What a compiled network keeps alive, the snapshot that it points into included. */
  readonly compiled: Memory
}

export function measureTimes(file: string, runs: number): Times {
  const text = readFileSync(file, 'utf8')
  const jsonParse = medianTime(runs, () => JSON.parse(text))
  const json: unknown = JSON.parse(text)
  const snapshotParse = medianTime(runs, () => parseSnapshot(json))
  const snapshot = parseSnapshot(json)
  const compile = medianTime(runs, () => compileSnapshot(snapshot))
  const { interfaces } = compileSnapshot(snapshot)
  return { interfaces: interfaces.length, textBytes: text.length, jsonParse, snapshotParse, compile }
}

export function measureMemory(file: string): Memories {
  const json: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const afterJsonParse = memoryNow()
  const network = compileSnapshot(parseSnapshot(json))
  const afterCompile = memoryNow()
  collectGarbage()
  const compiled = memoryNow()
  if (network.interfaces.length === 0) throw new Error('nothing was compiled')
  return { afterJsonParse, afterCompile, compiled }
}

const PAIRS = 65_536
const PORT = 443
const SECOND = 1000
const TCP = 6

export function measureRates(file: string, runs: number): Rates {
  const network = compileSnapshot(parseSnapshot(JSON.parse(readFileSync(file, 'utf8'))))
  collectGarbage()
  const anywhere = pairsOf(network.interfaces, () => true)
  const near = pairsOf(network.interfaces, (one, other) => one.vpcId === other.vpcId)
  const judge = createJudge(network)
  const rateOf = (pairs: readonly Pair[], sourceFrom: number, sourceTo: number) =>
    medianRate(runs, SECOND, () => {
      for (const [from, to] of pairs) judge(from, to, TCP, PORT, sourceFrom, sourceTo)
      return pairs.length
    })
  return {
    concrete: rateOf(anywhere, 40_000, 40_000),
    setValued: rateOf(anywhere, 1024, 65_535),
    concreteNear: rateOf(near, 40_000, 40_000),
    setValuedNear: rateOf(near, 1024, 65_535),
    explanations: medianRate(runs, SECOND, () => explainSome(network, anywhere.slice(0, 500))),
    verdicts: verdictsOf(judge, near),
  }
}

const endOf = (nic: Interface) => ({ nic, address: nic.addresses[0] ?? 0 })

/** Random pairs, the same in every run. */
function pairsOf(
  interfaces: readonly Interface[],
  wanted: (one: Interface, other: Interface) => boolean,
): readonly Pair[] {
  const random = randomOf(1)
  const pairs: Pair[] = []
  while (pairs.length < PAIRS) {
    const one = random.pick(interfaces)
    const other = random.pick(interfaces)
    if (one !== other && wanted(one, other)) pairs.push([endOf(one), endOf(other)])
  }
  return pairs
}

function explainSome(network: Network, pairs: readonly Pair[]): number {
  for (const [from, to] of pairs) {
    explainQuery(network, {
      from: from.nic.id,
      to: to.nic.id,
      protocol: 'tcp',
      port: String(PORT),
      sourcePort: '1024-65535',
    })
  }
  return pairs.length
}

function verdictsOf(judge: Judge, pairs: readonly Pair[]) {
  const count: Record<Verdict, number> = { reachable: 0, partial: 0, blocked: 0, unknown: 0 }
  for (const [from, to] of pairs) count[verdictOf(judge(from, to, TCP, PORT, 1024, 65_535))] += 1
  return count
}
