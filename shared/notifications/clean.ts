/** Names, tags and descriptions of AWS resources are whatever somebody typed: made harmless before anybody reads them. */
import { plainText } from '../render/plain-text.ts'

/** A copy of plain data in which every text is printable; line breaks stay only where lines are meant (commands). */
export const cleaned = <T>(value: T): T => cleanValue(value, false) as T

/** Fields that hold something to be pasted, with its line breaks. */
const PASTED: readonly string[] = ['cli', 'cloudformation', 'terraform']

function cleanValue(value: unknown, pasted: boolean): unknown {
  if (typeof value === 'string') return pasted ? cleanLines(value) : plainText(value)
  if (Array.isArray(value)) return value.map((entry) => cleanValue(entry, pasted))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      plainText(name),
      cleanValue(field, pasted || PASTED.includes(name)),
    ]),
  )
}

const cleanLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => (/^ */.exec(line)?.[0] ?? '') + plainText(line))
    .join('\n')
