/** The policies that a request meets, by kind. */
import type { Known, Missing } from '../snapshot/types.ts'
import type { Policy } from './policy.ts'

/** `endpoint`: of the VPC endpoint on the way. `resource`: of what is asked for; a role's trust policy, too. */
export const policyKinds = ['identity', 'boundary', 'resource', 'endpoint'] as const
export type PolicyKind = (typeof policyKinds)[number]

/** The policies of one kind: those that are known, and what is missing of the others. */
export interface PolicySet {
  readonly policies: readonly Policy[]
  readonly missing: readonly Missing[]
}

/**
 * A kind that is left out surely takes no part: the role has no boundary, no endpoint is on the way.
 * With neither identity nor resource policies only the limits are asked about.
 */
export type Policies = { readonly [K in PolicyKind]?: PolicySet }

export const policySet = (policies: readonly Known<Policy>[]): PolicySet => ({
  policies: policies.flatMap((policy) => (policy.known ? [policy.value] : [])),
  missing: policies.flatMap((policy) => (policy.known ? [] : [policy.missing])),
})
