/** What ECS's words say of a permission: refused for certain, perhaps, or nothing. */
import { roleNameOf } from '../../../iam/role-policies.ts'
import type { Recognised } from '../stop-reasons/classify.ts'
import type { Permission } from './permissions.ts'
import { type FailedStart, pointingAt, type StartTrouble } from './trouble.ts'

/** Refusals that may mean this permission: of the same action, or of none in particular of the same service. */
export const refusalsOf = (trouble: StartTrouble, permission: Permission): readonly FailedStart[] =>
  pointingAt(trouble, ['authorization', 'trust'], (saying) => mayMean(saying, permission))

function mayMean({ facts }: Recognised, { need, roleArn }: Permission): boolean {
  if (!facts.refused) return false
  if (facts.action !== undefined)
    return facts.action.toLowerCase() === need.action.toLowerCase() && sameRole(facts, roleArn)
  if (facts.service !== undefined) return facts.service === need.through || isKey(need.action, facts.service)
  return true
}

const sameRole = ({ role }: Recognised['facts'], roleArn: string | undefined): boolean =>
  role === undefined || roleArn === undefined || role.name === roleNameOf(roleArn)

const isKey = (action: string, service: string): boolean =>
  action.startsWith('kms:') && service === 'secretsmanager'

/** AWS names the very action that it refused. */
export const isNamed = (refusals: readonly FailedStart[], { need }: Permission): boolean =>
  refusals.some(({ sayings }) =>
    sayings.some(({ facts: { action } }) => action?.toLowerCase() === need.action.toLowerCase()),
  )
