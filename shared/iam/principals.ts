/**
 * Whether the Principal element of a policy means the one who asks.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 */
import type { NamedPrincipal, Principals } from './policy.ts'
import { accountOf, type Principal } from './request.ts'
import { any, maybe, type Truth } from './truth.ts'

/** On gateway endpoints the root user alone, on interface endpoints all of the account. */
export const accountInEndpointPolicy = maybe(
  'Principal',
  'whom an account means in an endpoint policy differs by the type of the endpoint',
)

/** `account`: whether naming its account means the role, too. */
export function meansPrincipal(
  { named, except }: Principals,
  principal: Principal | undefined,
  account: Truth,
): Truth {
  const found = any(named.map((one) => means(one, principal, account)))
  if (!except) return found
  // A role counts as excepted only where its session and its account are, too: AWS advises against it.
  return found === 'no' ? 'yes' : maybe('NotPrincipal', 'whom this element leaves out is not evaluated')
}

function means({ type, id }: NamedPrincipal, principal: Principal | undefined, account: Truth): Truth {
  if (!principal) {
    return type === 'AWS' && id === '*'
      ? 'yes'
      : maybe('Principal', `whether ${id} makes the request is not known`)
  }
  if (principal.kind === 'service') return meansService(type, id, principal.name)
  if (type === 'AWS') return meansRole(id, principal.arn, account)
  return type === 'CanonicalUser' ? maybe('Principal', 'whose canonical id it is, is not known') : 'no'
}

function meansService(type: string, id: string, name: string): Truth {
  if (type === 'Service') return id === name ? 'yes' : 'no'
  return id === '*' ? maybe('Principal', 'whether * means AWS services, too, is not documented') : 'no'
}

function meansRole(id: string, arn: string, account: Truth): Truth {
  if (id === '*' || id === arn) return 'yes'
  if (id === accountOf(arn) || id.endsWith(`::${accountOf(arn)}:root`)) return account
  if (isSessionOf(id, arn)) return maybe('Principal', `whether ${id} is the session that asks is not known`)
  // What AWS writes for a role that it has resolved, or that is gone.
  return /^A[A-Z0-9]{15,}$/.test(id) ? maybe('Principal', `whose unique id ${id} is, is not known`) : 'no'
}

const isSessionOf = (id: string, arn: string): boolean =>
  id.includes(`::${accountOf(arn)}:assumed-role/${arn.split('/').at(-1)}/`)
