/** A snapshot that knows less, and nothing else: what is left of it is as true as before. */
import type { Random } from '../bench/random.ts'
import { holderOf, type Json, type Mutant, type Path, remove } from './mutants.ts'

/**
 * Places that can be left out without a claim: fields, operations, arguments of keyed operations; and, where the lists
 * are selections, items of an operation's own list. Any other item that is left out would say that there is none.
 */
export function leavable(places: readonly Path[], coverage: 'region' | 'selection'): readonly Path[] {
  return places.filter((place) => {
    if (place[2] !== 'responses' || place.length < 4) return false
    if (typeof place.at(-1) === 'string') return true
    return coverage === 'selection' && isItem(place) && !SUBJECTS.test(String(place[3]))
  })
}

/** In another order with every seed, so that two runs do not look at the same ones. */
export function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  const order = [...items]
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = random.below(last + 1)
    const [one, two] = [order[last] as T, order[other] as T]
    order[last] = two
    order[other] = one
  }
  return order
}

interface Poorer extends Mutant {
  readonly place: Path
}

/** What they list was selected, and nothing else: whoever leaves out a subject did not ask about it. */
const SUBJECTS = /:Describe(TargetGroups|Clusters)$/

/** Where silence does mean "none": the empty lists of a rule whose others are told, and no address in an association. */
export const saysNone = (place: Path): boolean =>
  /^(IpRanges|Ipv6Ranges|PrefixListIds|UserIdGroupPairs|PublicIp)$/.test(String(place.at(-1)))

/** One place less, or an operation that AWS refused. */
export function poorerThan(text: string, place: Path, random: Random): Poorer {
  const json = JSON.parse(text) as Json
  if (random.below(10) > 0) {
    leaveOut(json, place)
    return { json, place, how: `without ${place.join(' > ')}` }
  }
  const operation = String(place[3])
  const scope = holderOf(json, place.slice(0, 3))?.[0]
  if (scope) scope.errors = { [operation]: { name: 'AccessDenied', message: 'not authorized' } }
  leaveOut(json, place.slice(0, 4))
  return { json, place: place.slice(0, 4), how: `refused ${operation}` }
}

export function leaveOut(json: Json, place: Path): void {
  const there = holderOf(json, place)
  if (!there) return
  const [holder, key] = there
  const table = holder[key]
  remove(holder, key)
  if (isItem(place) && place[4] === 'RouteTables') leaveOutTables(holder, vpcOf(table))
}

/** Which subnet has which table stands in the tables alone, so a selection holds a VPC's tables all or none. */
function leaveOutTables(tables: unknown, vpc: Json | undefined): void {
  if (!Array.isArray(tables)) return
  const others = tables.filter((table) => vpcOf(table) !== vpc)
  tables.splice(0, tables.length, ...others)
}

const vpcOf = (table: Json | undefined): Json | undefined =>
  table !== null && typeof table === 'object' && !Array.isArray(table) ? table.VpcId : undefined

/** scopes > 0 > responses > operation > list > item */
const isItem = (place: Path): boolean =>
  place.length === 6 && typeof place[4] === 'string' && typeof place[5] === 'number'
