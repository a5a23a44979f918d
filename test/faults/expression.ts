/**
 * DynamoDB's condition, key condition and filter expressions, as far as the findings table uses them.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
 */
import type { Item } from '../../shared/findings/item.ts'

export type Condition = (item: Item, names: Names, values: Values) => boolean
type Names = Readonly<Record<string, string>>
type Values = Readonly<Record<string, unknown>>
type Operand = (item: Item, names: Names, values: Values) => unknown

const TOKEN = /\s*(\(|\)|,|<>|<=|>=|=|<|>|[#:]?[A-Za-z_][A-Za-z0-9_]*)/y
const cache = new Map<string, Condition>()

/** @throws Error for what DynamoDB might take and this does not know */
export function conditionOf(text: string): Condition {
  const known = cache.get(text) ?? parse(tokensOf(text))
  cache.set(text, known)
  return known
}

function tokensOf(text: string): string[] {
  const tokens: string[] = []
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const token = TOKEN.exec(text)?.[1]
    if (token === undefined) throw new Error(`expression ${text}: not understood`)
    tokens.push(token)
  }
  return tokens
}

function parse(tokens: string[]): Condition {
  const condition = either(tokens)
  if (tokens.length > 0) throw new Error(`expression: ${tokens.join(' ')} is left over`)
  return condition
}

function either(tokens: string[]): Condition {
  const left = both(tokens)
  if (tokens[0] !== 'OR') return left
  tokens.shift()
  const right = either(tokens)
  return (...given) => left(...given) || right(...given)
}

function both(tokens: string[]): Condition {
  const left = one(tokens)
  if (tokens[0] !== 'AND') return left
  tokens.shift()
  const right = both(tokens)
  return (...given) => left(...given) && right(...given)
}

function one(tokens: string[]): Condition {
  const [token = '', next] = tokens
  if (token === '(') {
    tokens.shift()
    const inner = either(tokens)
    expectToken(tokens, ')')
    return inner
  }
  return next === '(' ? call(tokens) : comparison(tokens)
}

const functions: Readonly<Record<string, (...given: readonly unknown[]) => boolean>> = {
  attribute_not_exists: (value) => value === undefined,
  attribute_exists: (value) => value !== undefined,
  begins_with: (value, start) => typeof value === 'string' && value.startsWith(String(start)),
}

function call(tokens: string[]): Condition {
  const name = tokens.shift() ?? ''
  const check = functions[name]
  if (!check) throw new Error(`expression: no function ${name}`)
  const given: Operand[] = []
  do {
    tokens.shift()
    given.push(operand(tokens.shift()))
  } while (tokens[0] === ',')
  expectToken(tokens, ')')
  return (...scope) => check(...given.map((value) => value(...scope)))
}

/** Values of another type are not equal, and neither less nor more. */
const comparisons: Readonly<Record<string, (a: string | number, b: string | number) => boolean>> = {
  '=': (a, b) => a === b,
  '<>': (a, b) => a !== b,
  '<': (a, b) => typeof a === typeof b && a < b,
  '<=': (a, b) => typeof a === typeof b && a <= b,
  '>': (a, b) => typeof a === typeof b && a > b,
  '>=': (a, b) => typeof a === typeof b && a >= b,
}

function comparison(tokens: string[]): Condition {
  const left = operand(tokens.shift())
  const compare = comparisons[tokens.shift() ?? '']
  const right = operand(tokens.shift())
  if (!compare) throw new Error('expression: a comparison without an operator')
  return (...scope) => {
    const [a, b] = [left(...scope), right(...scope)]
    return a !== undefined && b !== undefined && compare(a as string, b as string)
  }
}

function operand(token = ''): Operand {
  if (token.startsWith(':')) return (_item, _names, values) => values[token]
  if (token.startsWith('#')) return (item, names) => item[names[token] ?? '']
  return (item) => item[token]
}

function expectToken(tokens: string[], expected: string): void {
  if (tokens.shift() !== expected) throw new Error(`expression: ${expected} expected`)
}
