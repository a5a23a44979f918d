/** What a start lacks for certain, perhaps, or what cannot be told. */
import type { Decision } from '../../../iam/evaluate.ts'
import type { Missing } from '../../../snapshot/types.ts'
import { type Permission, unread } from './permissions.ts'
import { isNamed, refusalsOf } from './refusals.ts'
import type { StartTrouble } from './trouble.ts'

export type Verdict =
  | { readonly kind: 'granted' }
  | { readonly kind: 'lacking'; readonly confidence: 'proven' | 'likely' }
  | { readonly kind: 'unknown'; readonly missing: Missing }

/** @param decision by the role and the resource, or by the endpoint */
export function verdictOn(permission: Permission, decision: Decision, trouble: StartTrouble): Verdict {
  if (decision.kind === 'allowed') return { kind: 'granted' }
  const refusals = refusalsOf(trouble, permission)
  // AWS has refused this very action, which policies that are not fully known leave open.
  if (isNamed(refusals, permission)) return lacking(decision.kind !== 'unknown')
  const missing = missingFor(permission, decision)
  if (missing && decision.kind === 'unknown' && refusals.length > 0 && isCondition(missing))
    return lacking(false)
  if (missing && (decision.kind === 'unknown' || refusals.length === 0)) return { kind: 'unknown', missing }
  const silent = trouble.silent && permission.need.doubt === undefined
  return lacking(missing === undefined && (refusals.length > 0 || silent))
}

/** What decides is a key of the request; everything that AWS keeps was told. */
const isCondition = ({ missing }: Missing): boolean => missing.startsWith('aws:')

const lacking = (certain: boolean): Verdict => ({
  kind: 'lacking',
  confidence: certain ? 'proven' : 'likely',
})

function missingFor({ byRole, need }: Permission, decision: Decision): Missing | undefined {
  if (decision.kind === 'unknown') return decision.missing[0]
  return decision === byRole && decision.kind === 'not-allowed' ? unread(need) : undefined
}

export const weakest = (confidences: readonly ('proven' | 'likely')[]): 'proven' | 'likely' =>
  confidences.every((one) => one === 'proven') ? 'proven' : 'likely'
