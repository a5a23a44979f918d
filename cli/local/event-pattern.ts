/**
 * EventBridge's event patterns, as far as our rules use them: exact values, prefix, suffix, equals-ignore-case,
 * exists, anything-but, numeric, $or, and arrays (of objects too) in events.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */

export type EventPattern = { readonly [field: string]: unknown }

/** @throws Error for an operator that is not known here: a rule that silently never matches helps nobody */
export function matchesPattern(pattern: EventPattern, event: unknown): boolean {
  // All fields of a pattern hold for the same element of an array of objects.
  if (Array.isArray(event)) return event.some((element) => matchesPattern(pattern, element))
  return Object.entries(pattern).every(([field, expected]) =>
    field === '$or'
      ? (expected as readonly EventPattern[]).some((one) => matchesPattern(one, event))
      : matchesField(expected, valueAt(event, field)),
  )
}

const isObject = (value: unknown): value is { readonly [field: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const valueAt = (event: unknown, field: string): unknown =>
  isObject(event) && Object.hasOwn(event, field) ? event[field] : undefined

/** An object goes a level deeper; an array lists what the field may be. */
function matchesField(expected: unknown, value: unknown): boolean {
  if (!Array.isArray(expected)) return matchesPattern(expected as EventPattern, value)
  const values: readonly unknown[] = Array.isArray(value) && value.length > 0 ? value : [value]
  return expected.some((matcher) => values.some((one) => matchesValue(matcher, one)))
}

function matchesValue(matcher: unknown, value: unknown): boolean {
  if (!isObject(matcher)) return value !== undefined && matcher === value
  const [operator = '', operand] = Object.entries(matcher)[0] ?? []
  const operation = operations[operator]
  if (!operation) throw new Error(`event pattern: operator ${JSON.stringify(operator)} is not known`)
  return operation(operand, value)
}

type Operation = (operand: unknown, value: unknown) => boolean

const operations: { readonly [operator: string]: Operation } = {
  prefix: textOperation((text, part) => text.startsWith(part)),
  suffix: textOperation((text, part) => text.endsWith(part)),
  'equals-ignore-case': textOperation((text, other) => text.toLowerCase() === other.toLowerCase()),
  // Works on leaves only, as in EventBridge: an object in the place is not "the field exists".
  exists: (wanted, value) => wanted === (value !== undefined && !isObject(value)),
  'anything-but': (excluded, value) => value !== undefined && !isExcluded(excluded, value),
  numeric: (conditions, value) =>
    typeof value === 'number' && meetsAll(conditions as readonly unknown[], value),
}

/** `{"prefix": "a"}`, or `{"prefix": {"equals-ignore-case": "A"}}`. */
function textOperation(holds: (text: string, operand: string) => boolean): Operation {
  return (operand, value) => {
    if (typeof value !== 'string') return false
    if (!isObject(operand)) return holds(value, String(operand))
    return holds(value.toLowerCase(), String(operand['equals-ignore-case']).toLowerCase())
  }
}

/** A value, a list of values, or another operator with one or more operands. */
function isExcluded(excluded: unknown, value: unknown): boolean {
  if (Array.isArray(excluded)) return excluded.includes(value)
  if (!isObject(excluded)) return excluded === value
  return Object.entries(excluded).some(([operator, operands]) =>
    [operands].flat().some((operand) => matchesValue({ [operator]: operand }, value)),
  )
}

const comparisons: { readonly [sign: string]: (value: number, bound: number) => boolean } = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
}

/** `[">", 0, "<=", 5]`: pairs that all hold. */
function meetsAll(conditions: readonly unknown[], value: number): boolean {
  for (let index = 0; index < conditions.length; index += 2) {
    const compare = comparisons[String(conditions[index])]
    if (!compare) throw new Error(`event pattern: numeric ${JSON.stringify(conditions[index])} is not known`)
    if (!compare(value, Number(conditions[index + 1]))) return false
  }
  return true
}
