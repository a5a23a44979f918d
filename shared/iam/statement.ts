/** Whether a statement applies to a request. */
import { conditionHolds, variablesOf } from './conditions.ts'
import { matches, type Reach, type Variables } from './pattern.ts'
import type { PolicyKind } from './policies.ts'
import type { Patterns, Statement } from './policy.ts'
import { meansPrincipal } from './principals.ts'
import type { Request } from './request.ts'
import { all, any, maybe, not, type Truth } from './truth.ts'

/** `account`: whether a policy that names the account of the one who asks means him, too. */
export function applies(statement: Statement, kind: PolicyKind, account: Truth, request: Request): Truth {
  const { actions, resources, conditions } = statement
  const variables = statement.variables ? variablesOf(request.context) : undefined
  return all([
    matchesAny(lower(actions), request.action.toLowerCase(), 'text', undefined),
    resources ? matchesAny(resources, request.resource, 'resource', variables) : 'yes',
    principalsMatch(statement, kind, account, request),
    ...conditions.map((condition) => conditionHolds(condition, statement, request)),
  ])
}

/** Actions are compared without regard to case. */
const lower = ({ except, patterns }: Patterns): Patterns => ({
  except,
  patterns: patterns.map((pattern) => pattern.toLowerCase()),
})

function matchesAny(
  { except, patterns }: Patterns,
  text: string,
  reach: Reach,
  variables: Variables | undefined,
): Truth {
  const found = any(patterns.map((pattern) => matches(pattern, text, reach, variables)))
  return except ? not(found) : found
}

/** Only policies that stand on a resource or an endpoint name principals. */
function principalsMatch(
  { principals }: Statement,
  kind: PolicyKind,
  account: Truth,
  { principal }: Request,
): Truth {
  const onResource = kind === 'resource' || kind === 'endpoint'
  if (onResource !== (principals !== undefined)) {
    return maybe('Principal', `a policy of the kind “${kind}” is not expected like this`)
  }
  return principals ? meansPrincipal(principals, principal, account) : 'yes'
}
