/** The measurements as a table that a person can read: a column per size. */
import { cpus } from 'node:os'
import Table from 'cli-table3'
import type { Memories, Rates, Times } from './phases.ts'

export interface Measured {
  readonly times: Times
  readonly memory: Memories
  readonly rates: Rates
}

const MEGABYTE = 1_000_000
const number = (value: number) => Math.round(value).toLocaleString('en-US')
const megabytes = (bytes: number) => `${(bytes / MEGABYTE).toFixed(bytes < 10 * MEGABYTE ? 1 : 0)} MB`
const perSecond = (rate: number) => `${number(rate)} /s`
const milliseconds = (time: number) => `${time < 100 ? time.toFixed(1) : number(time)} ms`
const timed = (pick: (times: Times) => number) => (measured: Measured) => {
  const time = pick(measured.times)
  return `${milliseconds(time)}  (${(time / measured.times.jsonParse).toFixed(2)} x)`
}

/** Goals are for 100,000 interfaces. */
type Row = readonly [label: string, value: (measured: Measured) => string, goal?: string]

const ROWS: readonly Row[] = [
  ['snapshot, JSON text', ({ times }) => megabytes(times.textBytes)],
  ['JSON.parse', ({ times }) => milliseconds(times.jsonParse)],
  ['snapshot parse (validation)', timed((times) => times.snapshotParse)],
  ['compile', timed((times) => times.compile), '1.00 x'],
  ['verdicts, one source port', ({ rates }) => perSecond(rates.concrete), '1,000,000 /s'],
  ['verdicts, source ports 1024-65535', ({ rates }) => perSecond(rates.setValued), '500,000 /s'],
  ['  within a VPC, one source port', ({ rates }) => perSecond(rates.concreteNear), '1,000,000 /s'],
  ['  within a VPC, 1024-65535', ({ rates }) => perSecond(rates.setValuedNear), '500,000 /s'],
  ['full explanations', ({ rates }) => perSecond(rates.explanations), '100,000 /s'],
  ['peak memory after JSON.parse', ({ memory }) => megabytes(memory.afterJsonParse.peakResident)],
  ['peak memory after compile', ({ memory }) => megabytes(memory.afterCompile.peakResident), '1000 MB'],
  ['heap: network and its snapshot', ({ memory }) => megabytes(memory.compiled.heap)],
  ['verdicts within a VPC', ({ rates }) => shares(rates)],
]

function shares({ verdicts }: Rates): string {
  const all = Object.values(verdicts).reduce((sum, count) => sum + count, 0)
  const share = (count: number) => `${Math.round((count * 100) / all)} %`
  return Object.entries(verdicts)
    .flatMap(([verdict, count]) => (count > 0 ? `${share(count)} ${verdict}` : []))
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
    '(n x): in terms of JSON.parse of the same snapshot in the same run. Verdicts: one core, random pairs of',
    'interfaces, TCP 443, all blockers there and back. Medians after a warm-up; memory is the resident set.',
    `Node ${process.version}, ${model}`,
  ].join('\n')
}
