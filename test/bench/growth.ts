/** How the cost of one interface, and of one rule, grows with their number: 1.00 throughout would be linear. */
import Table from 'cli-table3'
import type { Times } from './phases.ts'
import { number } from './report.ts'

const MICROSECONDS = 1000

const PHASES = [
  ['JSON.parse', (times: Times) => times.jsonParse],
  ['snapshot parse (validation)', (times: Times) => times.snapshotParse],
  ['compile', (times: Times) => times.compile],
  ['compile, ask once about each', (times: Times) => times.compileAndAsk],
] as const

export const growthWithInterfaces = (sizes: readonly Times[]): string =>
  tableOf(
    'per interface, at',
    sizes.map(({ interfaces }) => number(interfaces)),
    sizes,
    ({ interfaces }) => interfaces,
  )

export const growthWithRules = (sizes: readonly Times[]): string =>
  tableOf(
    `per rule, ${number(sizes[0]?.interfaces ?? 0)} interfaces, rules`,
    sizes.map(({ rules }) => number(rules)),
    sizes,
    ({ rules }) => rules,
  )

function tableOf(
  label: string,
  columns: readonly string[],
  sizes: readonly Times[],
  count: (times: Times) => number,
): string {
  const table = new Table({
    head: [label, ...columns],
    colAligns: ['left', ...columns.map(() => 'right' as const)],
    style: { head: [], border: [] },
  })
  for (const [phase, time] of PHASES) {
    const costs = sizes.map((times) => (time(times) * MICROSECONDS) / count(times))
    table.push([phase, ...costs.map((cost, i) => `${cost.toFixed(2)} µs${ratio(cost, costs[i - 1])}`)])
  }
  return table.toString()
}

/** In terms of the size before. */
const ratio = (cost: number, before: number | undefined): string =>
  before === undefined ? '' : `  (${(cost / before).toFixed(2)} x)`
