/** Opaque cursors: where a query goes on, tied to the query that gave it. */
import { createHash } from 'node:crypto'
import * as z from 'zod'
import { InputError } from '../input-error.ts'
import type { FindingFilter } from './store.ts'

const cursorSchema = z.object({
  /** Which of the query's partitions. */
  partition: z.number().int().nonnegative(),
  /** DynamoDB's LastEvaluatedKey in it. */
  key: z.record(z.string(), z.string()),
  query: z.string(),
  /** The times that the first page was asked for: "the last 12 hours" must not move on between two pages. */
  window: z.object({ since: z.iso.datetime().optional(), until: z.iso.datetime().optional() }).optional(),
})

export interface Cursor {
  readonly partition: number
  readonly key: Readonly<Record<string, string>>
  readonly window?: TimeWindow | undefined
}

export type TimeWindow = Pick<FindingFilter, 'since' | 'until'>

export const queryFingerprint = (query: unknown): string =>
  createHash('sha256').update(JSON.stringify(query)).digest('base64url').slice(0, 12)

export const encodeCursor = (cursor: Cursor, fingerprint: string): string =>
  Buffer.from(JSON.stringify({ ...cursor, query: fingerprint })).toString('base64url')

/** @throws InputError when the text is not a cursor, or is one of another query */
export function decodeCursor(text: string, fingerprint: string): Cursor {
  const result = cursorSchema.safeParse(parse(text))
  if (!result.success)
    throw new InputError(
      `cursor ${JSON.stringify(text)}: not a cursor; give the one that the previous page ended with`,
    )
  const { query, ...cursor } = result.data
  if (query !== fingerprint)
    throw new InputError('cursor: belongs to another query; repeat the filters of the page that it came from')
  return cursor
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}
