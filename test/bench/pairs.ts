/** Random pairs of interfaces, the same in every run, and what is asked of them. */
import type { compileSnapshot } from '../../shared/explain.ts'
import type { Judge } from '../../shared/reachability/judge.ts'
import type { Verdict } from '../../shared/reachability/result.ts'
import { verdictOf } from '../../shared/reachability/verdict-bits.ts'
import { randomOf } from './random.ts'

export type Network = ReturnType<typeof compileSnapshot>
type Interface = Network['interfaces'][number]
type End = Parameters<Judge>[0] & { readonly nic: Interface }
export type Pair = readonly [from: End, to: End]

export const PORT = 443
const TCP = 6

const endOf = (nic: Interface): End => ({ nic, address: nic.addresses[0] ?? 0 })

export function randomPairs(
  interfaces: readonly Interface[],
  count: number,
  wanted: (one: Interface, other: Interface) => boolean = () => true,
): readonly Pair[] {
  const random = randomOf(1)
  const pairs: Pair[] = []
  while (pairs.length < count) {
    const one = random.pick(interfaces)
    const other = random.pick(interfaces)
    if (one !== other && wanted(one, other)) pairs.push([endOf(one), endOf(other)])
  }
  return pairs
}

/** One interface after the other asks for a hundred of its VPC, as lists of questions are mostly made. */
export function pairsInTurn(interfaces: readonly Interface[], count: number): readonly Pair[] {
  const random = randomOf(2)
  const byVpc = new Map<string | undefined, Interface[]>()
  for (const nic of interfaces) {
    const neighbours = byVpc.get(nic.vpcId)
    if (neighbours) neighbours.push(nic)
    else byVpc.set(nic.vpcId, [nic])
  }
  return Array.from({ length: count / PEERS }, () => random.pick(interfaces)).flatMap((one) =>
    Array.from({ length: PEERS }, (): Pair => [endOf(one), endOf(random.pick(byVpc.get(one.vpcId) ?? []))]),
  )
}

const PEERS = 100

/** Every interface asks another one. */
export function everyInterface(interfaces: readonly Interface[]): readonly Pair[] {
  const random = randomOf(1)
  return interfaces.map((nic) => [endOf(nic), endOf(random.pick(interfaces))])
}

export function judgeAll(judge: Judge, pairs: readonly Pair[], sourceFrom: number, sourceTo: number): number {
  for (const [from, to] of pairs) judge(from, to, TCP, PORT, sourceFrom, sourceTo)
  return pairs.length
}

export type Verdicts = Readonly<Record<Verdict, number>>

export function verdictsOf(judge: Judge, pairs: readonly Pair[]): Verdicts {
  const count: Record<Verdict, number> = { reachable: 0, partial: 0, blocked: 0, unknown: 0 }
  for (const [from, to] of pairs) count[verdictOf(judge(from, to, TCP, PORT, 1024, 65_535))] += 1
  return count
}
