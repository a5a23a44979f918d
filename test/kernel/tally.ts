/** What was probed: a suite in which no NAT gateway ever passed a packet would prove nothing about NAT gateways. */
import type { Judged } from './compare.ts'
import type { KernelProbe, KernelVpc } from './plan.ts'
import type { Question } from './questions.ts'

type Kind = (probe: KernelProbe, question: Question, vpcs: readonly KernelVpc[]) => boolean

const subnet = (vpcs: readonly KernelVpc[], end: KernelProbe['from']) =>
  end ? vpcs[end.vpc]?.machines[end.machine]?.subnet : undefined

const throughNat = ({ answer }: Question) =>
  answer.forward.some(({ component }) => component.type === 'nat-gateway')

const kinds: Readonly<Record<string, Kind>> = {
  TCP: ({ protocol }) => protocol === 'tcp',
  UDP: ({ protocol }) => protocol === 'udp',
  IPv4: ({ source }) => !source.includes(':'),
  IPv6: ({ source }) => source.includes(':'),
  'within a subnet': ({ from, to }, _, vpcs) =>
    from !== null && from.vpc === to?.vpc && subnet(vpcs, from) === subnet(vpcs, to),
  'from subnet to subnet': ({ from, to }, _, vpcs) =>
    from !== null && from.vpc === to?.vpc && subnet(vpcs, from) !== subnet(vpcs, to),
  'over peering': ({ from, to }) => from !== null && to !== null && from.vpc !== to.vpc,
  'through a NAT gateway': ({ to }, question) => to === null && throughNat(question),
  'to the internet': ({ to }, question) => to === null && !throughNat(question),
  'from the internet': ({ from }) => from === null,
  'of a flow that passes in part': (_, { partial }) => partial,
}

export type Tally = Record<string, { probes: number; passed: number }>

export const emptyTally = (): Tally =>
  Object.fromEntries(Object.keys(kinds).map((kind) => [kind, { probes: 0, passed: 0 }]))

export function count(tally: Tally, judged: Judged, vpcs: readonly KernelVpc[]): void {
  for (const [kind, sum] of Object.entries(tally)) {
    if (!kinds[kind]?.(judged.probe, judged.question, vpcs)) continue
    sum.probes += 1
    if (judged.passed) sum.passed += 1
  }
}

export const tallyLines = (tally: Tally): readonly string[] =>
  Object.entries(tally).map(
    ([kind, { probes, passed }]) =>
      `  ${kind}: ${probes} probes, ${passed} passed, ${probes - passed} did not`,
  )

/** Kinds of which nothing, or everything, passed. */
export const unproven = (tally: Tally): readonly string[] =>
  Object.entries(tally).flatMap(([kind, { probes, passed }]) =>
    passed === 0 || passed === probes ? kind : [],
  )
