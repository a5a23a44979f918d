/** What people put secrets into never leaves the collector. `secrets[].valueFrom` is only a name, and stays. */
const REDACTED = '<redacted>'

type Redact = (value: unknown) => unknown

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const mapValues = (value: unknown, change: (item: unknown, key: string) => unknown): unknown =>
  isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item, key)]))
    : value

/** Lists of `{ name, value }`; CloudTrail also tells of Lambda's `{ variables: { NAME: value } }`. */
const environment: Redact = (given) =>
  Array.isArray(given)
    ? given.map((pair) => (isObject(pair) && 'value' in pair ? { ...pair, value: REDACTED } : pair))
    : mapValues(given, (item) => (isObject(item) ? everyValue(item) : REDACTED))

/** Log drivers take tokens as options, as in `splunk-token`. */
const namesASecret = /token|passw|secret|credential|auth|api[-_]?key/i

const logOptions: Redact = (options) =>
  mapValues(options, (value, name) => (namesASecret.test(name) ? REDACTED : value))

/** Mount options of a Docker volume can hold `password=...`. */
const everyValue: Redact = (options) => mapValues(options, () => REDACTED)

/** What API Gateway adds to a request: people write keys in there. On methods the values are only flags. */
const everyText: Redact = (values) =>
  mapValues(values, (value) => (typeof value === 'string' ? REDACTED : value))

/** A whole event as JSON text: what people passed to AWS, environment variables among it. */
const auditEvent: Redact = (json) => {
  try {
    return JSON.stringify(walk(JSON.parse(String(json)), secretInputs))
  } catch {
    return REDACTED
  }
}

type Fields = Readonly<Record<string, Redact>>

/** Field -> what becomes of it, wherever it stands: task definitions, task overrides, services, listeners. */
const secretInputs: Fields = {
  environment,
  options: logOptions,
  driverOpts: everyValue,
  ClientSecret: () => REDACTED,
  clientSecret: () => REDACTED,
  secretString: () => REDACTED,
  password: () => REDACTED,
}

const secretFields: Fields = {
  ...secretInputs,
  requestParameters: everyText,
  RequestParameters: everyText,
  requestTemplates: everyValue,
  RequestTemplates: everyValue,
  CloudTrailEvent: auditEvent,
}

export function withoutSecrets<T>(value: T): T {
  return walk(value, secretFields) as T
}

function walk(value: unknown, fields: Fields): unknown {
  if (Array.isArray(value)) return value.map((item) => walk(item, fields))
  return mapValues(value, (item, field) => {
    const redact = Object.hasOwn(fields, field) ? fields[field] : undefined
    return walk(redact ? redact(item) : item, fields)
  })
}
