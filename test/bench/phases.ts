/** What is measured of one snapshot file, each function in a process of its own. */
import { readFileSync } from 'node:fs'
import { compileSnapshot, explainQuery } from '../../shared/explain.ts'
import { createJudge } from '../../shared/reachability/judge.ts'
import { parseSnapshot } from '../../shared/snapshot/parse.ts'
import { type Bulk, measureBulk } from './bulk.ts'
import { collectGarbage, type Memory, medianRate, medianTimes, memoryNow } from './measure.ts'
import {
  everyInterface,
  judgeAll,
  type Network,
  type Pair,
  PORT,
  pairsInTurn,
  randomPairs,
  type Verdicts,
  verdictsOf,
} from './pairs.ts'

export interface Times {
  readonly interfaces: number
  /** Of all security groups, each peer of a permission by itself. */
  readonly rules: number
  readonly textBytes: number
  /** Milliseconds. */
  readonly jsonParse: number
  readonly snapshotParse: number
  readonly compile: number
  /** Compiled and then asked once about every interface: what is put off until it is asked for is made here. */
  readonly compileAndAsk: number
}

export interface Rates {
  /** A second. */
  readonly concrete: number
  readonly setValued: number
  readonly concreteNear: number
  readonly setValuedNear: number
  readonly explanations: number
  readonly verdicts: Verdicts
  readonly verdictsNear: Verdicts
}

export interface Memories {
  /** A file read, parsed, compiled and asked, as `hca` does it. */
  readonly afterJsonParse: Memory
  readonly afterCompile: Memory
  /** What a compiled network keeps alive, the snapshot that it points into included. */
  readonly compiled: Memory
}

export function measureTimes(file: string, rounds: number): Times {
  const text = readFileSync(file, 'utf8')
  const json: unknown = JSON.parse(text)
  const snapshot = parseSnapshot(json)
  const network = compileSnapshot(snapshot)
  const pairs = everyInterface(network.interfaces)
  const times = medianTimes(rounds, {
    jsonParse: () => JSON.parse(text),
    snapshotParse: () => parseSnapshot(json),
    compile: () => compileSnapshot(snapshot),
    compileAndAsk: () => {
      const judge = createJudge(compileSnapshot(snapshot))
      for (const [from, to] of pairs) judge(from, to, 6, PORT, 40_000, 40_000)
    },
  })
  return { interfaces: pairs.length, rules: rulesIn(network), textBytes: text.length, ...times }
}

const rulesIn = ({ groups }: Network): number =>
  groups.reduce(
    (sum, { ingress, egress }) => sum + (ingress?.rules.length ?? 0) + (egress?.rules.length ?? 0),
    0,
  )

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
const isNear = (one: Network['interfaces'][number], other: typeof one): boolean => one.vpcId === other.vpcId
const SECOND = 1000

export function measureRates(file: string, runs: number): Rates {
  const network = compileSnapshot(parseSnapshot(JSON.parse(readFileSync(file, 'utf8'))))
  collectGarbage()
  const anywhere = randomPairs(network.interfaces, PAIRS)
  const near = randomPairs(network.interfaces, PAIRS, isNear)
  const judge = createJudge(network)
  const rateOf = (pairs: readonly Pair[], sourceFrom: number, sourceTo: number) =>
    medianRate(runs, SECOND, () => judgeAll(judge, pairs, sourceFrom, sourceTo))
  return {
    concrete: rateOf(anywhere, 40_000, 40_000),
    setValued: rateOf(anywhere, 1024, 65_535),
    concreteNear: rateOf(near, 40_000, 40_000),
    setValuedNear: rateOf(near, 1024, 65_535),
    explanations: medianRate(runs, SECOND, () => explainSome(network, anywhere.slice(0, 500))),
    verdicts: verdictsOf(judge, anywhere),
    verdictsNear: verdictsOf(judge, near),
  }
}

export interface Bulks {
  readonly anywhere: Bulk
  readonly near: Bulk
  readonly inTurn: Bulk
}

const QUERIES = 200_000

export async function measureBulkOf(file: string): Promise<Bulks> {
  const network = compileSnapshot(parseSnapshot(JSON.parse(readFileSync(file, 'utf8'))))
  collectGarbage()
  return {
    inTurn: await measureBulk(network, pairsInTurn(network.interfaces, QUERIES)),
    near: await measureBulk(network, randomPairs(network.interfaces, QUERIES, isNear)),
    anywhere: await measureBulk(network, randomPairs(network.interfaces, QUERIES)),
  }
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
