/**
 * Which kinds of policy have to allow a request, together or each for itself.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
import type { Policies, PolicyKind } from './policies.ts'
import { accountInEndpointPolicy } from './principals.ts'
import { accountOf, type Request } from './request.ts'
import { all, any, maybe, type Truth } from './truth.ts'

/** Whether the policies of a kind allow the request; `account`: whether naming its account means the role, too. */
type Granting = (kind: PolicyKind, account: Truth) => Truth

interface Grant {
  readonly truth: Truth
  readonly lacking: readonly PolicyKind[]
}

const BOUNDARY_BESIDE_RESOURCE = maybe(
  'iam:GetRole',
  'how a permissions boundary limits what a resource policy allows is not evaluated',
)

export function grantOf(request: Request, policies: Policies, granting: Granting): Grant {
  const identity = policies.identity || policies.resource ? granting('identity', 'no') : 'yes'
  const boundary = policies.boundary ? granting('boundary', 'no') : 'yes'
  const endpoint = policies.endpoint ? granting('endpoint', accountInEndpointPolicy) : 'yes'
  const own = all([identity, boundary])
  const direct = bounded(granting('resource', 'no'), boundary)
  const delegated = policies.resource ? granting('resource', 'yes') : NOT_TOLD
  const base = baseOf(request, policies, { own, direct, delegated })
  return {
    truth: all([base, endpoint]),
    lacking: [
      ...(base === 'no' && identity === 'no' && policies.identity ? (['identity'] as const) : []),
      ...(boundary === 'no' ? (['boundary'] as const) : []),
      ...(base === 'no' && delegated === 'no' ? (['resource'] as const) : []),
      ...(endpoint === 'no' ? (['endpoint'] as const) : []),
    ],
  }
}

const NOT_TOLD = maybe('resource policy', 'the policy of the resource has to allow it, too, and is not known')

interface Parts {
  /** By its own policies, within its boundary. */
  readonly own: Truth
  /** By the resource, to this very principal. */
  readonly direct: Truth
  /** By the resource, to this principal or its account. */
  readonly delegated: Truth
}

function baseOf({ action, resource, principal }: Request, policies: Policies, parts: Parts): Truth {
  const { own, direct, delegated } = parts
  if (!policies.identity && !policies.resource) return own
  const both = all([own, delegated])
  // A key's policy stands above all: without it, identity policies allow nothing.
  const either = action.startsWith('kms:') ? any([direct, both]) : any([own, direct])
  if (!principal) return same([direct, both, either])
  if (principal.kind === 'service') return direct
  return isElsewhere(resource, principal.arn) ? both : either
}

function same(truths: readonly Truth[]): Truth {
  if (truths.every((truth) => truth === 'yes')) return 'yes'
  return truths.every((truth) => truth === 'no')
    ? 'no'
    : maybe('Principal', 'who makes the request is not known')
}

/** A resource of another account; ARNs of buckets do not tell. */
const isElsewhere = (resource: string, principalArn: string): boolean =>
  accountOf(resource) !== '' && accountOf(resource) !== accountOf(principalArn)

const bounded = (direct: Truth, boundary: Truth): Truth =>
  boundary === 'yes' ? direct : all([direct, BOUNDARY_BESIDE_RESOURCE])
