/**
 * Conditions of which the operator and the key's value are known; every other one leaves open whether its statement
 * applies.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_multi-value-conditions.html
 */
import ipaddr from 'ipaddr.js'
import { matches, type Variables } from './pattern.ts'
import type { Condition, Statement } from './policy.ts'
import { type Request, type RequestContext, valueIn } from './request.ts'
import { any, maybe, not, type Truth } from './truth.ts'

/** Whether a value of the policy fits the value of the request. */
type Test = (wanted: string, given: string, variables: Variables | undefined) => Truth

const exactly: Test = (wanted, given, variables) => matches(wanted, given, 'none', variables)
const anyCase: Test = (wanted, given, variables) =>
  matches(wanted.toLowerCase(), given.toLowerCase(), 'none', (name) => variables?.(name)?.toLowerCase())
const like: Test = (wanted, given, variables) => matches(wanted, given, 'text', variables)
const arn: Test = (wanted, given, variables) => matches(wanted, given, 'arn', variables)

const tests = {
  StringEquals: exactly,
  StringEqualsIgnoreCase: anyCase,
  StringLike: like,
  ArnEquals: arn,
  ArnLike: arn,
  Bool: truthValue,
  IpAddress: inBlock,
} as const satisfies Readonly<Record<string, Test>>

type Operator = keyof typeof tests

const negated: Readonly<Record<string, Operator>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NotIpAddress: 'IpAddress',
}

const IF_EXISTS = /IfExists$/

export function conditionHolds(condition: Condition, { variables }: Statement, { context }: Request): Truth {
  const { key, values } = condition
  const given = valueIn(context, key)
  if (given === undefined)
    return maybe(key, 'a condition depends on this key, and the request is not known to have it')
  if (condition.operator === 'Null') return presence(values, given)
  const name = condition.operator.replace(IF_EXISTS, '')
  const isNegated = Object.hasOwn(negated, name)
  const operator = isNegated ? negated[name] : name
  if (operator === undefined || !isOperator(operator) || values.length === 0) {
    return maybe(condition.operator, 'conditions of this kind are not evaluated')
  }
  if (given === null) return isNegated || IF_EXISTS.test(condition.operator) ? 'yes' : 'no'
  const lookUp = variables ? variablesOf(context) : undefined
  const fits = any(values.map((wanted) => tests[operator](wanted, given, lookUp)))
  return isNegated ? not(fits) : fits
}

const isOperator = (name: string): name is Operator => Object.hasOwn(tests, name)

/** Policy variables are the condition keys. One with a default value is not looked up. */
export const variablesOf =
  (context: RequestContext): Variables =>
  (name) =>
    valueIn(context, name) ?? undefined

function presence([wanted]: readonly string[], given: string | null): Truth {
  if (wanted !== 'true' && wanted !== 'false') return maybe('Null', 'its value is neither true nor false')
  return (given === null) === (wanted === 'true') ? 'yes' : 'no'
}

function truthValue(wanted: string, given: string): Truth {
  const [one, other] = [wanted.toLowerCase(), given.toLowerCase()]
  if (one !== 'true' && one !== 'false') return maybe('Bool', `${wanted} is neither true nor false`)
  return one === other ? 'yes' : 'no'
}

/** A single address is a block of its own. */
function inBlock(wanted: string, given: string): Truth {
  const block = wanted.includes('/') ? wanted : `${wanted}/${wanted.includes(':') ? 128 : 32}`
  if (!isAddress(given) || !isAddress(wanted.split('/')[0] ?? '') || !isBlock(block)) {
    return maybe('IpAddress', `${given} and ${wanted} cannot be compared`)
  }
  const address = ipaddr.parse(given)
  const [base, length] = ipaddr.parseCIDR(block)
  return address.kind() === base.kind() && address.match(base, length) ? 'yes' : 'no'
}

/** Octal and shortened forms of IPv4 addresses are none. */
const isAddress = (text: string): boolean =>
  ipaddr.IPv4.isValidFourPartDecimal(text) || (text.includes(':') && ipaddr.IPv6.isValid(text))

const isBlock = (text: string): boolean => ipaddr.isValidCIDR(text)
