/** From the SDK's objects to what a snapshot holds: plain JSON, pages merged, empty lists spelt out, no secrets. */

export type Json = { readonly [key: string]: unknown }

/** Lists that a response and its items always have. AWS's XML leaves some of them out when they are empty. */
export type Lists = { readonly [list: string]: Lists }

const notPartOfTheAnswer = new Set(
  '$metadata NextToken nextToken NextMarker Marker IsTruncated position'.split(' '),
)

/** Dates become ISO strings, as the AWS CLI prints them; `undefined` is left out. */
export function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  const given = Object.entries(value).filter(
    ([key, item]) => item !== undefined && !notPartOfTheAnswer.has(key),
  )
  return Object.fromEntries(given.map(([key, item]) => [key, plain(item)]))
}

/** One response out of several: lists are joined, of everything else the last word counts. */
export function merge(pages: readonly object[]): Json {
  const merged: Record<string, unknown> = {}
  for (const [key, value] of pages.flatMap((page) => Object.entries(page))) {
    const before = merged[key]
    merged[key] = Array.isArray(before) && Array.isArray(value) ? before.concat(value) : value
  }
  return merged
}

/** Only for what AWS did give: a response without an answer never gets here. */
export function spellOutEmptyLists(response: Json, lists: Lists): Json {
  const spelt = Object.entries(lists).map(([list, inner]) => {
    const items = (response[list] ?? []) as readonly Json[]
    return [
      list,
      Object.keys(inner).length === 0 ? items : items.map((item) => spellOutEmptyLists(item, inner)),
    ]
  })
  return { ...response, ...Object.fromEntries(spelt) }
}
