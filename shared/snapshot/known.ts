/** Working with values that may not be known. */
import type {
  KeyedOperation,
  KeyedResponse,
  Operation,
  UnkeyedOperation,
  UnkeyedResponse,
} from './operations.ts'
import type { Known, Missing, Scope } from './types.ts'

export const known = <T>(value: T): Known<T> => ({ known: true, value })

export const unknown = (missing: string, because: string): Known<never> => ({
  known: false,
  missing: { missing, because },
})

export const mapKnown = <T, U>(input: Known<T>, change: (value: T) => U): Known<U> =>
  input.known ? known(change(input.value)) : input

/** Why an operation's response is not there: what AWS answered instead, or that it was never asked. */
function absence(scope: Scope, operation: Operation): Missing {
  const error = scope.errors[operation]
  return { missing: operation, because: error ? `${error.name}: ${error.message}` : 'not collected' }
}

/** The response of an operation without an argument. */
export function response<O extends UnkeyedOperation>(scope: Scope, operation: O): Known<UnkeyedResponse<O>> {
  const found = scope.responses[operation] as UnkeyedResponse<O> | undefined
  return found && !scope.errors[operation]
    ? known(found)
    : { known: false, missing: absence(scope, operation) }
}

/** The response of an operation for one argument, such as a load balancer's ARN. */
export function keyedResponse<O extends KeyedOperation>(
  scope: Scope,
  operation: O,
  argument: string,
): Known<KeyedResponse<O>> {
  const all = scope.responses[operation] as { readonly [argument: string]: KeyedResponse<O> } | undefined
  const found = all && Object.hasOwn(all, argument) ? all[argument] : undefined
  if (found) return known(found)
  const { missing, because } = absence(scope, operation)
  return unknown(missing, `${because} for ${argument}`)
}

/** The list inside a response. A response without its list tells nothing. */
export function listed<O extends UnkeyedOperation, F extends keyof UnkeyedResponse<O>>(
  scope: Scope,
  operation: O,
  field: F,
): Known<NonNullable<UnkeyedResponse<O>[F]>> {
  const found = response(scope, operation)
  if (!found.known) return found
  const list = found.value[field]
  return list ? known(list) : unknown(operation, 'the response holds no list')
}

/** Why an id that something refers to is not in a list that was collected. */
export function notListed(scope: Scope, operation: UnkeyedOperation, id: string): Missing {
  const found = response(scope, operation)
  if (!found.known) return found.missing
  const owner = scope.coverage === 'region' ? ', it may belong to another account' : ''
  return { missing: operation, because: `${id} is not among what was collected${owner}` }
}
