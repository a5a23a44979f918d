/** Which cause was told for which fault: a row for each fault, a column for each cause that was told in its place. */
import type { Outcome } from './incident.ts'

const count = (list: readonly string[], code: string): number => list.filter((one) => one === code).length

export function matrixOf(outcomes: readonly Outcome[]): string {
  const rows = [...new Set(outcomes.map(({ injected }) => injected))]
  const others = [
    ...new Set(outcomes.flatMap(({ injected, told }) => told.filter((code) => code !== injected))),
  ]
  const header = ['injected', 'itself', ...others, 'elsewhere']
  const body = rows.map((code) => {
    const own = outcomes.filter(({ injected }) => injected === code)
    const told = own.flatMap((outcome) => outcome.told)
    const elsewhere = own.filter(({ bystanders }) => bystanders.length > 0).length
    const cells = [
      count(told, code),
      ...others.map((other) => (other === code ? 0 : count(told, other))),
      elsewhere,
    ]
    return [code, ...cells.map((cell) => (cell === 0 ? '.' : String(cell)))]
  })
  return table([header, ...body])
}

/** Columns of text, the first one to the left. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const padded = (cell: string, column: number) =>
    column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)
  return rows.map((row) => row.map(padded).join('  ')).join('\n')
}
