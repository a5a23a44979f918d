/**
 * Account ids, names, addresses and resource ids replaced, so that an incident can be shown to others.
 *
 * The same input gives the same output within a snapshot, addresses keep which block contains them, and AWS's own
 * words stay: the analysis gives the same verdicts. Resource ids (`sg-...`) are replaced too: they are random, but
 * whoever has them finds the resource in logs and tickets. Whatever is not known to be AWS's word counts as a name.
 */
import { randomBytes } from 'node:crypto'
import { keyedOperations } from './operations.ts'
import { createPseudonyms, type Pseudonyms } from './redact/pseudonyms.ts'
import { redactCommand, redactText, redactValue } from './redact/strings.ts'
import { treatment } from './redact/vocabulary.ts'

/**
 * @param json a snapshot as it was read, also what the analysis does not read
 * @param key for a repeatable result
 * @default key is random, and forgotten: nobody can undo the redaction
 */
export function redactSnapshot(json: unknown, key: Uint8Array = randomBytes(32)): unknown {
  const pseudonyms = createPseudonyms(key)
  // Once to learn all names, and once more to find them in texts that came before them.
  walk(json, [], pseudonyms)
  return walk(json, [], pseudonyms)
}

type Path = readonly string[]

function walk(value: unknown, path: Path, pseudonyms: Pseudonyms, sibling?: string): unknown {
  if (typeof value === 'string') return redactString(value, path, pseudonyms, sibling)
  if (Array.isArray(value)) return value.map((item) => walk(item, path, pseudonyms))
  if (typeof value !== 'object' || value === null) return value
  const named = nameOfPair(value)
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      redactKey(key, path, pseudonyms),
      walk(item, [...path, key], pseudonyms, named),
    ]),
  )
}

/** `{ Key, Value }` and `{ name, value }`: what the value is depends on what it is called. */
function nameOfPair(pair: object): string | undefined {
  const { Key, key, name } = pair as Record<string, unknown>
  return [Key, key, name].find((one) => typeof one === 'string') as string | undefined
}

function redactString(
  value: string,
  path: Path,
  pseudonyms: Pseudonyms,
  sibling: string | undefined,
): string {
  switch (treatment(path, sibling)) {
    case 'keep':
      return value
    case 'text':
      return redactText(value, pseudonyms)
    case 'command':
      return redactCommand(value, pseudonyms)
    case 'value':
      return redactDocument(value, path, pseudonyms) ?? redactValue(value, pseudonyms)
  }
}

/** Policies come as JSON in a string. */
function redactDocument(value: string, path: Path, pseudonyms: Pseudonyms): string | undefined {
  if (!/^\s*\{/.test(value)) return undefined
  try {
    return JSON.stringify(walk(JSON.parse(value), path, pseudonyms))
  } catch {
    return undefined
  }
}

/** Field names are AWS's, but a keyed operation's arguments, and the labels that people gave, are not. */
function redactKey(key: string, path: Path, pseudonyms: Pseudonyms): string {
  const parent = path.at(-1) ?? ''
  const argument = path.at(-2) === 'responses' && Object.hasOwn(keyedOperations, parent)
  return argument || parent === 'dockerLabels' ? redactValue(key, pseudonyms) : key
}
