/** Broken relatives of a JSON document: a value deleted, replaced, doubled or swapped with another one. */
import type { Random } from '../bench/random.ts'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

export interface Mutant {
  readonly json: Json
  /** What was done, and where. */
  readonly how: string
}

type Path = readonly (string | number)[]
type Holder = { [key: string | number]: Json }

const STRANGE: readonly Json[] = [
  null,
  true,
  0,
  -1,
  65536,
  1e21,
  '',
  ' ',
  'x',
  '10.0.0.0/33',
  '0.0.0.0/0',
  '::/0',
  '-1',
  '999',
  'arn:aws:',
  '__proto__',
  'tcp',
  [],
  [[]],
  {},
  [null],
]

/** Every place of the document below its root. */
export function placesOf(json: Json, path: Path = []): Path[] {
  if (json === null || typeof json !== 'object') return []
  return Object.entries(json).flatMap(([key, value]) => {
    const place = [...path, Array.isArray(json) ? Number(key) : key]
    return [place, ...placesOf(value, place)]
  })
}

export function mutantOf(text: string, places: readonly Path[], random: Random): Mutant {
  const json = JSON.parse(text) as Json
  const place = random.pick(places)
  const change = random.pick(['delete', 'replace', 'double', 'swap'] as const)
  const [holder, key] = holderOf(json, place)
  const where = place.join(' > ')
  switch (change) {
    case 'delete':
      remove(holder, key)
      return { json, how: `deleted ${where}` }
    case 'replace':
      holder[key] = structuredClone(random.pick(STRANGE))
      return { json, how: `put ${JSON.stringify(holder[key])} for ${where}` }
    case 'double':
      if (Array.isArray(holder)) holder.push(structuredClone(holder[Number(key)] as Json))
      else holder[`${key}2`] = structuredClone(holder[key] as Json)
      return { json, how: `doubled ${where}` }
    case 'swap': {
      const other = random.pick(places)
      const [otherHolder, otherKey] = holderOf(json, other)
      const [mine, theirs] = [structuredClone(holder[key]), structuredClone(otherHolder[otherKey])]
      holder[key] = theirs as Json
      // Where one place lay in the other, it is gone now.
      otherHolder[otherKey] = mine as Json
      return { json, how: `swapped ${where} and ${other.join(' > ')}` }
    }
  }
}

/** The document without one place, which must be a field: whoever leaves out an item says that there is none. */
export function without(text: string, place: Path): Json {
  const json = JSON.parse(text) as Json
  const [holder, key] = holderOf(json, place)
  remove(holder, key)
  return json
}

export const isField = (place: Path): boolean => typeof place.at(-1) === 'string'

function holderOf(json: Json, place: Path): readonly [Holder, string | number] {
  const holder = place.slice(0, -1).reduce((value, key) => (value as Holder)[key] as Json, json)
  return [holder as Holder, place.at(-1) as string | number]
}

function remove(holder: Holder, key: string | number): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1)
  else delete holder[key]
}
