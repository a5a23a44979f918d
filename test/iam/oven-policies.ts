/** Policies of the execution role of a bakery's oven, as short as tests want them. */
import { parsePolicy } from '../../shared/iam/parse.ts'
import type { PolicySet } from '../../shared/iam/policies.ts'
import type { Policy } from '../../shared/iam/policy.ts'
import { contextOf, type Request } from '../../shared/iam/request.ts'
import type { Missing } from '../../shared/snapshot/types.ts'

export const account = '111122223333'
export const role = `arn:aws:iam::${account}:role/oven-execution`
export const secret = `arn:aws:secretsmanager:eu-west-1:${account}:secret:oven/password-AbCdEf`

export const origin = { operation: 'iam:GetRolePolicy', resource: 'oven-execution/inline' }

export type Json = Readonly<Record<string, unknown>>

export const allow = (more: Json = {}): Json => ({
  Effect: 'Allow',
  Action: 'secretsmanager:GetSecretValue',
  Resource: secret,
  ...more,
})

export const deny = (more: Json = {}): Json => allow({ Effect: 'Deny', ...more })

/** @throws when the evaluator does not understand the document */
export function policy(...statements: readonly Json[]): Policy {
  const parsed = parsePolicy({ Version: '2012-10-17', Statement: statements }, origin)
  if (!parsed.known) throw new Error(parsed.missing.because)
  return parsed.value
}

export const setOf = (...statements: readonly Json[]): PolicySet => ({
  policies: [policy(...statements)],
  missing: [],
})

export const notCollected: Missing = { missing: 'iam:ListAttachedRolePolicies', because: 'not collected' }

export const readsSecret: Request = {
  action: 'secretsmanager:GetSecretValue',
  resource: secret,
  principal: { kind: 'role', arn: role },
  context: contextOf(role, 'eu-west-1', {
    kind: 'endpoint',
    vpcId: 'vpc-0bakery',
    vpcEndpointId: 'vpce-0oven',
  }),
}
