/** One account and Region that holds many copies of a small one, each with ids and names of its own. */
import type { SnapshotJson } from '../fixtures/index.ts'

type Json = Readonly<Record<string, unknown>>

/** AWS's ids end in hexadecimal digits; names of the theme stand in ARNs. */
const IDS = /\b([a-z]+(?:-[a-z]+)*-[0-9a-f]{13}|[0-9a-f]{28})[0-9a-f]{4}\b/g
const NAMES = /\bbakery\b/g

export function multiplied(copies: number, original: (number: number) => SnapshotJson): SnapshotJson {
  const texts = new Map<SnapshotJson, string>()
  const textOf = (json: SnapshotJson) => {
    const text = texts.get(json) ?? JSON.stringify(json.scopes[0]?.responses)
    texts.set(json, text)
    return text
  }
  const all = Array.from({ length: copies }, (_, number) => {
    const end = number.toString(16).padStart(4, '0')
    const text = textOf(original(number)).replace(IDS, `$1${end}`).replace(NAMES, `bakery${end}`)
    return JSON.parse(text) as Json
  })
  const [first] = original(0).scopes
  return { ...original(0), scopes: [{ ...first, responses: joined(all) }] } as SnapshotJson
}

/** Lists one behind the other; what is keyed by an argument side by side. */
function joined(all: readonly Json[]): Json {
  const operations = Object.keys(all[0] ?? {})
  return Object.fromEntries(
    operations.map((operation) => [
      operation,
      all.map((responses) => responses[operation] as Json).reduce(merge),
    ]),
  )
}

function merge(one: Json, other: Json): Json {
  const target = one as Record<string, unknown>
  for (const [key, value] of Object.entries(other)) {
    const there = target[key]
    if (Array.isArray(there) && Array.isArray(value)) for (const item of value) there.push(item)
    else if (there === undefined) target[key] = value
  }
  return target
}
