/** Moments as people give them: a day, a time, or how long ago. */
import * as z from 'zod'
import { InputError } from '../input-error.ts'

const MILLISECONDS: { readonly [unit: string]: number } = { m: 60_000, h: 3_600_000, d: 86_400_000 }

/**
 * @param name what the message calls it, such as `--since`
 * @param text a moment, or `90m`, `12h`, `7d` ago
 * @returns ISO 8601 in UTC with milliseconds
 * @throws InputError naming it
 */
export function parsePast(name: string, text: string, now: Date): string {
  const [, count = '', unit = ''] = /^(\d{1,6})([mhd])$/.exec(text) ?? []
  const ago = MILLISECONDS[unit]
  return ago === undefined
    ? parseMoment(name, text)
    : // Moments are compared as text: none may be of a year below 0.
      new Date(Math.max(0, now.getTime() - Number(count) * ago)).toISOString()
}

/** `Date` alone takes 30 February, and words behind a day. */
const isoSchema = z.union([z.iso.date(), z.iso.datetime({ offset: true, local: true })])

/** @throws InputError naming it */
function parseMoment(name: string, text: string): string {
  const moment = isoSchema.safeParse(text).success ? new Date(text).toISOString() : ''
  // A time zone can lead out of the years that have four digits.
  if (/^\d{4}-/.test(moment)) return moment
  throw new InputError(
    `${name} ${JSON.stringify(text)}: expected a day or moment in ISO 8601, such as 2026-11-20 or 2026-11-20T03:00:00Z`,
  )
}

/** @throws InputError when it is past */
export function parseFuture(name: string, text: string, now: Date): string {
  const moment = parseMoment(name, text)
  if (moment > now.toISOString()) return moment
  throw new InputError(`${name} ${text}: is in the past; give a moment to come`)
}
