/**
 * May a principal do an action on a resource, as far as these policies go? What could turn the answer gives `unknown`.
 * Policies of the organization and of sessions are not part of the question; they could only take away.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
import type { Missing } from '../snapshot/types.ts'
import { grantOf } from './grant.ts'
import { type Policies, type PolicyKind, policyKinds } from './policies.ts'
import type { PolicyOrigin, Statement } from './policy.ts'
import { accountInEndpointPolicy } from './principals.ts'
import type { Request } from './request.ts'
import { applies } from './statement.ts'
import { any, missingOf, type Truth } from './truth.ts'

/** A statement that decided, and where it stands. */
interface Deciding {
  readonly kind: PolicyKind
  readonly origin: PolicyOrigin
  readonly statement: Statement
}

export type Decision =
  | { readonly kind: 'allowed'; readonly by: readonly Deciding[] }
  /** An explicit Deny. */
  | { readonly kind: 'denied'; readonly by: readonly Deciding[] }
  /** No statement allows it; `lacking` names the kinds of policy that would have to. */
  | { readonly kind: 'not-allowed'; readonly lacking: readonly PolicyKind[] }
  | { readonly kind: 'unknown'; readonly missing: readonly Missing[] }

export function evaluate(request: Request, policies: Policies): Decision {
  const judge = ({ kind, statement }: Deciding, account: Truth) => applies(statement, kind, account, request)
  const denies = policyKinds.flatMap((kind) => statementsOf(policies, kind, 'Deny'))
  const denying = denies.filter((one) => judge(one, namesAll(one.kind)) === 'yes')
  if (denying.length > 0) return { kind: 'denied', by: denying }

  const allows = (kind: PolicyKind) => statementsOf(policies, kind, 'Allow')
  const { truth, lacking } = grantOf(request, policies, (kind, account) =>
    any([...allows(kind).map((one) => judge(one, account)), ...missingIn(policies, kind)]),
  )
  if (truth === 'no') return { kind: 'not-allowed', lacking }

  const doubts = [
    truth,
    ...denies.map((one) => judge(one, namesAll(one.kind))),
    ...policyKinds.flatMap((kind) => missingIn(policies, kind)),
  ]
  const missing = distinct(doubts.flatMap(missingOf))
  if (missing.length > 0) return { kind: 'unknown', missing }
  const by = policyKinds.flatMap(allows).filter((one) => judge(one, 'yes') === 'yes')
  return { kind: 'allowed', by }
}

/** A Deny that names an account means all in it; on an endpoint it depends on the service. */
const namesAll = (kind: PolicyKind): Truth => (kind === 'endpoint' ? accountInEndpointPolicy : 'yes')

const statementsOf = (
  policies: Policies,
  kind: PolicyKind,
  effect: Statement['effect'],
): readonly Deciding[] =>
  (policies[kind]?.policies ?? []).flatMap(({ origin, statements }) =>
    statements
      .filter((statement) => statement.effect === effect)
      .map((statement) => ({ kind, origin, statement })),
  )

/** What was not collected may hold an Allow as well as a Deny. */
const missingIn = (policies: Policies, kind: PolicyKind): readonly Truth[] =>
  (policies[kind]?.missing ?? []).map((one) => ({ missing: [one] }))

const distinct = (missing: readonly Missing[]): readonly Missing[] => [
  ...new Map(missing.map((one) => [`${one.missing} ${one.because}`, one])).values(),
]
