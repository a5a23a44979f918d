/** Checks what a caller gave; every problem is told, with what was given and what is allowed. */
import type * as z from 'zod'
import { cut } from '../render/plain-text.ts'
import { Problem } from './problem.ts'

/** @throws Problem `bad-request` */
export function parseInput<S extends z.ZodObject>(schema: S, given: unknown): z.output<S> {
  const result = schema.safeParse(given)
  if (result.success) return result.data
  const lines = result.error.issues.map((issue) => wordsOf(issue, given, Object.keys(schema.shape)))
  throw new Problem('bad-request', lines.join('; '))
}

function wordsOf(issue: z.core.$ZodIssue, given: unknown, allowed: readonly string[]): string {
  if (issue.code === 'unrecognized_keys')
    return `${issue.keys.map((key) => shown(key)).join(', ')}: not known here; allowed: ${allowed.join(', ') || 'nothing'}`
  if (issue.path.length === 0) return `expected a JSON object, given ${shown(given)}`
  const place = issue.path.join('.')
  const value = valueAt(given, issue.path)
  if (value === undefined) return `${place}: is missing`
  return `${place} ${shown(value)}: ${expectedBy(issue)}`
}

const expectedBy = (issue: z.core.$ZodIssue): string =>
  issue.code === 'invalid_value' ? `expected one of ${issue.values.join(', ')}` : issue.message

const valueAt = (given: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], given)

const MOST_SHOWN = 100

const shown = (value: unknown): string => cut(JSON.stringify(value) ?? 'nothing', MOST_SHOWN)
