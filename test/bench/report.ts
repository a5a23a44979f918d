/** The measurements as a table that a person can read: a column per size. */
import { cpus, loadavg } from 'node:os'
import Table from 'cli-table3'
import type { Bulk } from './bulk.ts'
import type { Verdicts } from './pairs.ts'
import type { Patching } from './patching.ts'
import type { Bulks, Memories, Rates, Times } from './phases.ts'

export interface Measured {
  readonly times: Times
  readonly memory: Memories
  readonly rates: Rates
  readonly bulk: Bulks
  readonly patching: Patching
}

const MEGABYTE = 1_000_000
export const number = (value: number) => Math.round(value).toLocaleString('en-US')
const megabytes = (bytes: number) => `${(bytes / MEGABYTE).toFixed(bytes < 10 * MEGABYTE ? 1 : 0)} MB`
const perSecond = (rate: number) => `${number(rate)} /s`
const milliseconds = (time: number) =>
  `${time < 1 ? time.toFixed(3) : time < 100 ? time.toFixed(1) : number(time)} ms`
const timed = (pick: (times: Times) => number) => (measured: Measured) => {
  const time = pick(measured.times)
  return `${milliseconds(time)}  (${(time / measured.times.jsonParse).toFixed(2)} x)`
}
const patched = (pick: (patching: Patching) => number) => (measured: Measured) => {
  const time = pick(measured.patching)
  return `${milliseconds(time)}  (${((time * 100) / measured.patching.compile).toFixed(3)} %)`
}

/** Goals are for 100,000 interfaces. */
type Row = readonly [label: string, value: (measured: Measured) => string, goal?: string]

const ROWS: readonly Row[] = [
  ['snapshot, JSON text', ({ times }) => megabytes(times.textBytes)],
  ['JSON.parse', ({ times }) => milliseconds(times.jsonParse)],
  ['snapshot parse (validation)', timed((times) => times.snapshotParse)],
  ['compile', timed((times) => times.compile), '1.00 x'],
  ['compile, ask once about each', timed((times) => times.compileAndAsk)],
  ['patch of one group', patched(({ patch }) => patch), '1 %'],
  ['  with a new judge and a verdict', patched(({ patchAndAsk }) => patchAndAsk), '1 %'],
  ['verdicts, one source port', ({ rates }) => perSecond(rates.concrete), '1,000,000 /s'],
  ['verdicts, source ports 1024-65535', ({ rates }) => perSecond(rates.setValued), '500,000 /s'],
  ['  within a VPC, one source port', ({ rates }) => perSecond(rates.concreteNear), '1,000,000 /s'],
  ['  within a VPC, 1024-65535', ({ rates }) => perSecond(rates.setValuedNear), '500,000 /s'],
  ['full explanations', ({ rates }) => perSecond(rates.explanations)],
  ['hca explain --queries, end to end', ({ bulk }) => answersPerSecond(bulk.anywhere), '100,000 /s'],
  ['  within a VPC', ({ bulk }) => answersPerSecond(bulk.near), '100,000 /s'],
  ['  a hundred of its VPC in turn', ({ bulk }) => answersPerSecond(bulk.inTurn), '100,000 /s'],
  ['peak memory after JSON.parse', ({ memory }) => megabytes(memory.afterJsonParse.peakResident)],
  ['peak memory after compile', ({ memory }) => megabytes(memory.afterCompile.peakResident), '1000 MB'],
  ['heap: network and its snapshot', ({ memory }) => megabytes(memory.compiled.heap)],
  ['verdicts', ({ rates }) => shares(rates.verdicts), 'unknown near 0'],
  ['verdicts within a VPC', ({ rates }) => shares(rates.verdictsNear), 'unknown near 0'],
]

const answersPerSecond = ({ answers, first, bytes }: Bulk): string =>
  `${number(answers)} answers/s\n${number(first)} at first\n${number(bytes)} bytes each`

function shares(verdicts: Verdicts): string {
  const all = Object.values(verdicts).reduce((sum, count) => sum + count, 0)
  return Object.entries(verdicts)
    .map(([verdict, count]) => `${((count * 100) / all).toFixed(1)} % ${verdict}`)
    .join('\n')
}

export function reportOf(sizes: readonly Measured[]): string {
  const table = new Table({
    head: ['network interfaces', ...sizes.map(({ times }) => number(times.interfaces)), 'goal at 100,000'],
    colAligns: ['left', ...sizes.map(() => 'right' as const), 'right'],
    style: { head: [], border: [] },
  })
  for (const [label, value, goal = ''] of ROWS) table.push([label, ...sizes.map(value), goal])
  const { model = 'unknown processor' } = cpus()[0] ?? {}
  return [
    table.toString(),
    '(n x): in terms of JSON.parse of the same snapshot, by turns in the same process; (n %): of a full compile.',
    'Verdicts: TCP 443, all blockers there and back, random pairs of interfaces anywhere; a second is one of',
    'processor time, on one core. Medians after a warm-up; memory is the resident set.',
    'hca explain --queries: in process, from a real file to a real file, NDJSON; the best of four rounds, and the first.',
    `Node ${process.version}, ${model}, load ${loadavg()[0]?.toFixed(1)} at the end`,
  ].join('\n')
}
