/** Broken relatives of a JSON document: values deleted, replaced, doubled, swapped, and ids that mean another thing. */
import type { Random } from '../bench/random.ts'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

export interface Mutant {
  readonly json: Json
  /** What was done, and where. */
  readonly how: string
}

export type Path = readonly (string | number)[]
type Holder = { [key: string | number]: Json }

const STRANGE: readonly Json[] = [
  null,
  true,
  0,
  -1,
  65536,
  4294967296,
  1e21,
  5e-324,
  '',
  ' ',
  'x',
  '10.0.0.0/33',
  '0.0.0.0/0',
  '255.255.255.255/32',
  '::/0',
  '-1',
  '999',
  'arn:aws:',
  'tgw-',
  '__proto__',
  'constructor',
  'tcp',
  'blackhole',
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

interface Change {
  readonly json: Json
  readonly places: readonly Path[]
  readonly random: Random
}

/** Changes the document in place. @returns what was done, or undefined when a change before took the place away */
type Kind = (change: Change, holder: Holder, key: string | number, where: string) => string

const kinds: readonly Kind[] = [
  function deleted(_, holder, key, where) {
    remove(holder, key)
    return `deleted ${where}`
  },
  function replaced({ random }, holder, key, where) {
    holder[key] = structuredClone(random.pick(STRANGE))
    return `put ${JSON.stringify(holder[key])} for ${where}`
  },
  function doubled(_, holder, key, where) {
    if (Array.isArray(holder)) holder.push(structuredClone(holder[Number(key)] as Json))
    else holder[`${key}2`] = structuredClone(holder[key] as Json)
    return `doubled ${where}`
  },
  function swapped({ json, places, random }, holder, key, where) {
    const other = random.pick(places)
    const there = holderOf(json, other)
    if (!there) return `left ${where}`
    const [otherHolder, otherKey] = there
    const [mine, theirs] = [structuredClone(holder[key]), structuredClone(otherHolder[otherKey])]
    holder[key] = theirs as Json
    // Where one place lay in the other, it is gone now.
    otherHolder[otherKey] = mine as Json
    return `swapped ${where} and ${other.join(' > ')}`
  },
  misled,
  misled,
]

/** An id or a block becomes another one of the document: contradictions, twins, and ways that go round in circles. */
function misled(
  { json, places, random }: Change,
  holder: Holder,
  key: string | number,
  where: string,
): string {
  const now = holder[key]
  if (typeof now !== 'string') return `left ${where}`
  for (let tries = 0; tries < 20; tries += 1) {
    const there = holderOf(json, random.pick(places))
    const other = there?.[0][there[1]]
    if (typeof other !== 'string' || other === now || formOf(other) !== formOf(now)) continue
    holder[key] = other
    return `put ${other} for ${where}`
  }
  return `left ${where}`
}

/** `tgw-rtb` of an id, `/` of a block, nothing of other words. */
const formOf = (text: string): string =>
  /^([a-z-]+)-0[\da-f]{16}$/.exec(text)?.[1] ?? (text.includes('/') ? '/' : '')

/** One to three changes. */
export function mutantOf(text: string, places: readonly Path[], random: Random): Mutant {
  const json = JSON.parse(text) as Json
  const change = { json, places, random }
  const done = Array.from({ length: random.pick([1, 1, 2, 3]) }, () => {
    const place = random.pick(places)
    const there = holderOf(json, place)
    const kind = random.pick(kinds)
    return there ? kind(change, ...there, place.join(' > ')) : `${place.join(' > ')} was gone`
  })
  return { json, how: done.join(', ') }
}

/** @returns undefined when the place is not there any more */
export function holderOf(json: Json, place: Path): readonly [Holder, string | number] | undefined {
  let holder: Json | undefined = json
  for (const key of place.slice(0, -1)) {
    if (holder === null || typeof holder !== 'object') return undefined
    holder = (holder as Holder)[key]
  }
  const key = place.at(-1) as string | number
  if (holder === null || typeof holder !== 'object' || !Object.hasOwn(holder, key)) return undefined
  return [holder as Holder, key]
}

export function remove(holder: Holder, key: string | number): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1)
  else delete holder[key]
}
