/** What people put secrets into never leaves the collector. `secrets[].valueFrom` is only a name, and stays. */
const REDACTED = '<redacted>'

type Redact = (value: unknown) => unknown

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const mapValues = (value: unknown, change: (item: unknown, key: string) => unknown): unknown =>
  isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item, key)]))
    : value

const environment: Redact = (pairs) =>
  Array.isArray(pairs)
    ? pairs.map((pair) => (isObject(pair) && 'value' in pair ? { ...pair, value: REDACTED } : pair))
    : pairs

/** Log drivers take tokens as options, as in `splunk-token`. */
const namesASecret = /token|passw|secret|credential|auth|api[-_]?key/i

const logOptions: Redact = (options) =>
  mapValues(options, (value, name) => (namesASecret.test(name) ? REDACTED : value))

/** Mount options of a Docker volume can hold `password=...`. */
const everyValue: Redact = (options) => mapValues(options, () => REDACTED)

/** Field -> what becomes of it, wherever it stands: task definitions, task overrides, services, listeners. */
const secretFields: Readonly<Record<string, Redact>> = {
  environment,
  options: logOptions,
  driverOpts: everyValue,
  ClientSecret: () => REDACTED,
}

export function withoutSecrets<T>(value: T): T {
  return walk(value) as T
}

function walk(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(walk)
  return mapValues(value, (item, field) => {
    const redact = Object.hasOwn(secretFields, field) ? secretFields[field] : undefined
    return walk(redact ? redact(item) : item)
  })
}
