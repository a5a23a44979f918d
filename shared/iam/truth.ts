/** Yes, no, or not decidable: then with what would decide it. */
import type { Missing } from '../snapshot/types.ts'

export type Truth = 'yes' | 'no' | Maybe

/** Holds at least one reason. */
export interface Maybe {
  readonly missing: readonly Missing[]
}

export const maybe = (missing: string, because: string): Maybe => ({ missing: [{ missing, because }] })

/** Yes when all are. One "no" decides, whatever else is not known. */
export function all(truths: readonly Truth[]): Truth {
  if (truths.includes('no')) return 'no'
  return undecided(truths) ?? 'yes'
}

/** No when none is. One "yes" decides, whatever else is not known. */
export function any(truths: readonly Truth[]): Truth {
  if (truths.includes('yes')) return 'yes'
  return undecided(truths) ?? 'no'
}

export function not(truth: Truth): Truth {
  if (truth === 'yes') return 'no'
  return truth === 'no' ? 'yes' : truth
}

export const missingOf = (truth: Truth): readonly Missing[] =>
  typeof truth === 'string' ? [] : truth.missing

function undecided(truths: readonly Truth[]): Maybe | undefined {
  const missing = truths.flatMap(missingOf)
  return missing.length > 0 ? { missing } : undefined
}
