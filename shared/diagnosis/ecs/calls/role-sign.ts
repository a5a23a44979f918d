/** What a task role's policies tell of the services that its tasks call. */

import type { Evidence } from '../../../findings/finding.ts'
import type { Policy, Statement } from '../../../iam/policy.ts'
import { roleNameOf, rolePolicies } from '../../../iam/role-policies.ts'
import { rememberedFor } from '../../../network/remembered.ts'
import type { Missing, Scope } from '../../../snapshot/types.ts'

export type RoleSign =
  /** It allows actions of the service by the service's own name. */
  | { readonly kind: 'names'; readonly evidence: Evidence }
  /** No role, a role without policies (those of resources may allow all the same), or one that may do everything. */
  | { readonly kind: 'silent' }
  /** It allows other things, or the service is denied to it. */
  | { readonly kind: 'excludes'; readonly because: string }
  | { readonly kind: 'unknown'; readonly missing: Missing }

/** @param service prefix of its actions: `dynamodb` */
export function roleSign(scope: Scope, roleArn: string | undefined, service: string): RoleSign {
  if (roleArn === undefined) return { kind: 'silent' }
  const name = roleNameOf(roleArn)
  if (name === undefined) return unknown('iam:GetRole', `${roleArn} is not understood`)
  const { identity, boundary } = policiesOf(scope, name)
  const naming = placed(identity.policies).find(({ statement }) => isNaming(statement, service))
  const excluded = {
    kind: 'excludes',
    because: `role ${name} of its tasks is not allowed ${service}`,
  } as const
  if (placed(identity.policies).some(({ statement }) => deniesAll(statement, service))) return excluded
  const bounds = boundary && placed(boundary.policies)
  if (bounds && boundary.missing.length === 0 && !bounds.some(({ statement }) => admits(statement, service)))
    return excluded
  if (naming) return { kind: 'names', evidence: evidenceOf(naming, service) }
  const [missing] = identity.missing
  if (missing) return { kind: 'unknown', missing }
  const allowed = placed(identity.policies).filter(({ statement }) => statement.effect === 'Allow')
  const tellsNothing = allowed.every(({ statement }) => admits(statement, service))
  return tellsNothing ? { kind: 'silent' } : excluded
}

/** By name. Every service is asked about, and each again for every API that tasks may call. */
const policiesOf = rememberedFor(rolePolicies)

const unknown = (missing: string, because: string): RoleSign => ({
  kind: 'unknown',
  missing: { missing, because },
})

interface Placed {
  readonly policy: Policy
  readonly statement: Statement
}

const placed = (policies: readonly Policy[]): readonly Placed[] =>
  policies.flatMap((policy) => policy.statements.map((statement) => ({ policy, statement })))

const isOf = (action: string, service: string): boolean => action.toLowerCase().startsWith(`${service}:`)

const isNaming = ({ effect, actions }: Statement, service: string): boolean =>
  effect === 'Allow' && !actions.except && actions.patterns.some((action) => isOf(action, service))

/** It names the service, or everything, or everything but something. */
const admits = (statement: Statement, service: string): boolean => {
  const { effect, actions } = statement
  return (
    effect === 'Allow' && (actions.except || actions.patterns.includes('*') || isNaming(statement, service))
  )
}

const deniesAll = ({ effect, actions, resources, conditions }: Statement, service: string): boolean =>
  effect === 'Deny' &&
  !actions.except &&
  actions.patterns.some((action) => action === '*' || action.toLowerCase() === `${service}:*`) &&
  (resources === undefined || (!resources.except && resources.patterns.includes('*'))) &&
  conditions.length === 0

const evidenceOf = ({ policy: { origin }, statement }: Placed, service: string): Evidence => ({
  operation: origin.operation,
  resource: origin.resource,
  field: `Statement[${statement.index}]`,
  observed: statement.text,
  expected: `a way from the tasks to ${service}, which this allows them to call`,
})
