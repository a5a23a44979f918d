/** Takes knowledge out of a snapshot, in each of the ways in which AWS may not have told. */
import type { Operation } from '../../shared/snapshot/operations.ts'
import type { Scope, Snapshot } from '../../shared/snapshot/types.ts'

type Response = { readonly [field: string]: unknown }
type Change = (
  scope: Scope,
  response: Response,
) => Pick<Scope, 'coverage' | 'errors'> & { readonly response?: Response }

function inEveryScope(snapshot: Snapshot, operation: Operation, change: Change): Snapshot {
  const scopes = snapshot.scopes.map((scope) => {
    const { [operation]: found, ...responses } = scope.responses
    if (!found) return scope
    const { response, ...rest } = change(scope, found as Response)
    return { ...scope, ...rest, responses: response ? { ...responses, [operation]: response } : responses }
  })
  return { ...snapshot, scopes }
}

export const absent = (snapshot: Snapshot, operation: Operation): Snapshot =>
  inEveryScope(snapshot, operation, ({ coverage, errors }) => ({ coverage, errors }))

export const denied = (snapshot: Snapshot, operation: Operation): Snapshot =>
  inEveryScope(snapshot, operation, ({ coverage, errors }) => ({
    coverage,
    errors: { ...errors, [operation]: { name: 'AccessDenied', message: 'not authorized' } },
  }))

/** A response that is there, but says nothing: `{}`; of a keyed operation, `{}` for every key. */
export const withoutList = (snapshot: Snapshot, operation: Operation): Snapshot =>
  inEveryScope(snapshot, operation, ({ coverage, errors }, response) => ({
    coverage,
    errors,
    response: isKeyed(response) ? Object.fromEntries(Object.keys(response).map((key) => [key, {}])) : {},
  }))

const isKeyed = (response: Response) => Object.values(response).every((value) => !Array.isArray(value))

/** A selection that one object did not make it into; `which` wraps around. */
export const withoutOne = (snapshot: Snapshot, operation: Operation, which: number | string): Snapshot =>
  inEveryScope(snapshot, operation, ({ errors }, response) => ({
    coverage: 'selection',
    errors,
    response: isKeyed(response) ? leaveOutKey(response, which) : leaveOutOne(response, which),
  }))

function leaveOutOne(response: Response, which: number | string): Response {
  return Object.fromEntries(
    Object.entries(response).map(([field, value]) => {
      if (!Array.isArray(value)) return [field, value]
      const chosen =
        typeof which === 'number' ? value[which % value.length] : value.find((item) => has(item, which))
      return [field, value.filter((item) => item !== chosen && !goesWith(field, item, chosen))]
    }),
  )
}

const has = (item: Response, id: string) => Object.values(item).includes(id)

/** Which subnet has which table stands in the tables alone, so a selection holds a VPC's tables all or none. */
const goesWith = (field: string, item: Response, chosen: Response | undefined) =>
  field === 'RouteTables' && item.VpcId === chosen?.VpcId

function leaveOutKey(response: Response, which: number | string): Response {
  const keys = Object.keys(response)
  const gone = typeof which === 'number' ? keys[which % Math.max(1, keys.length)] : which
  return Object.fromEntries(Object.entries(response).filter(([key]) => key !== gone))
}
