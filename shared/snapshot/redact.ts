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
import { redactValue } from './redact/strings.ts'
import { redactCommand, redactText } from './redact/text.ts'
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
      redactKey(key, path, isPair(value), pseudonyms),
      walk(item, [...path, key], pseudonyms, named),
    ]),
  )
}

/** `{ Key, Value }`, `{ name, value }`, `{ PolicyArn, PolicyName }`: what the one is depends on what the other says. */
function nameOfPair(pair: object): string | undefined {
  const { Key, key, name, PolicyArn } = pair as Record<string, unknown>
  return [Key, key, name, PolicyArn].find((one) => typeof one === 'string') as string | undefined
}

const isPair = (value: object): boolean => 'Value' in value || 'value' in value

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

/** Policies and events come as JSON in a string, IAM's URL-encoded. */
function redactDocument(value: string, path: Path, pseudonyms: Pseudonyms): string | undefined {
  const encoded = /^\s*%7B/i.test(value)
  if (!encoded && !/^\s*\{/.test(value)) return undefined
  try {
    const json = JSON.stringify(
      walk(JSON.parse(encoded ? decodeURIComponent(value) : value), path, pseudonyms),
    )
    return encoded ? encodeURIComponent(json) : json
  } catch {
    return undefined
  }
}

/** Field names are AWS's; but a keyed operation's arguments, and what people named, are not. */
function redactKey(key: string, path: Path, ofPair: boolean, pseudonyms: Pseudonyms): string {
  const parent = path.at(-1) ?? ''
  const argument = path.at(-2) === 'responses' && Object.hasOwn(keyedOperations, parent)
  const ofPeople = NAMED_BY_PEOPLE.has(parent) && !ofPair
  if (argument || ofPeople) return redactValue(key, pseudonyms)
  const [, condition, tag] = CONDITION_ON_TAG.exec(key) ?? []
  return condition && tag ? condition + redactValue(tag, pseudonyms) : key
}

/** Objects whose field names are labels, tags or ids. Tags also come as `{ Key, Value }`, which is AWS's. */
const NAMED_BY_PEOPLE = new Set(['dockerLabels', 'tags', 'Tags', 'VersionIdsToStages'])
/** `aws:ResourceTag/Team` */
const CONDITION_ON_TAG = /^([\w-]+:\w*Tag\/)(.+)$/i
