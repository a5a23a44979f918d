/** Changes in a copy: only the touched response is made anew, everything else is shared with the scope given. */
import { rememberedFor } from '../../network/remembered.ts'
import { keyedResponse, listed } from '../../snapshot/known.ts'
import type {
  KeyedOperation,
  KeyedResponse,
  UnkeyedOperation,
  UnkeyedResponse,
} from '../../snapshot/operations.ts'
import type { Scope } from '../../snapshot/types.ts'

type List<O extends UnkeyedOperation, F extends keyof UnkeyedResponse<O>> = NonNullable<UnkeyedResponse<O>[F]>

/** @returns undefined when the list is not known or `change` finds nothing to change in it */
export function changeListed<O extends UnkeyedOperation, F extends keyof UnkeyedResponse<O>>(
  scope: Scope,
  operation: O,
  field: F,
  change: (list: List<O, F>) => List<O, F> | undefined,
): Scope | undefined {
  const list = listed(scope, operation, field)
  const changed = list.known ? change(list.value) : undefined
  if (!changed) return undefined
  const response = { ...(scope.responses[operation] as object), [field]: changed }
  return { ...scope, responses: { ...scope.responses, [operation]: response } }
}

/** @returns undefined when the response for the argument is not known or `change` finds nothing to change in it */
export function changeKeyed<O extends KeyedOperation>(
  scope: Scope,
  operation: O,
  argument: string,
  change: (response: KeyedResponse<O>) => KeyedResponse<O> | undefined,
): Scope | undefined {
  const found = keyedResponse(scope, operation, argument)
  const changed = found.known ? change(found.value) : undefined
  if (!changed) return undefined
  const responses = { ...scope.responses[operation], [argument]: changed }
  return { ...scope, responses: { ...scope.responses, [operation]: responses } }
}

/** The list with the matching element changed; undefined when there is none, or it cannot be changed. */
export function changeOne<T extends object>(
  list: readonly T[] | undefined,
  matches: (item: T) => boolean,
  change: (item: T) => T | undefined,
): readonly T[] | undefined {
  const index = list?.findIndex(matches) ?? -1
  const item = list?.[index]
  const changed = item && change(item)
  return changed && list?.with(index, changed)
}

/**
 * The same for the element with an id, in lists that hold all that a Region has. A change leaves ids as they are, so
 * that they stand in the same places in the lists that are made here.
 * @param field the field of the id
 */
export function changeById<T extends object>(
  list: readonly T[],
  field: keyof T,
  id: string,
  change: (item: T) => T | undefined,
): readonly T[] | undefined {
  const origin = origins.get(list) ?? list
  const index = placesOf(origin, field).get(id)
  if (index === undefined) return undefined
  const changed = change(list[index] as T)
  const made = changed && list.with(index, changed)
  if (made) origins.set(made, origin)
  return made
}

const origins = new WeakMap<readonly object[], readonly object[]>()

/** Of two elements with one id the first counts. */
const placesOf = rememberedFor(
  (list: readonly object[], field: PropertyKey): ReadonlyMap<unknown, number> =>
    new Map(
      list.map((item, index) => [(item as Record<PropertyKey, unknown>)[field], index] as const).reverse(),
    ),
)
