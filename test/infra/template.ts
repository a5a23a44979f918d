/**
 * Templates made comparable: conditions decided, parameters put in, references written as text (`${Queue.Arn}`), whether
 * they came as Ref, Fn::GetAtt, Fn::Sub or Fn::Join, and numbers as text.
 */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
type Properties = { readonly [key: string]: Json }

export interface Resource {
  readonly Type: string
  readonly Properties: Properties
  readonly DeletionPolicy?: string
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>
}

/** A list where the template has a CommaDelimitedList. */
export type Parameters = Readonly<Record<string, string | number | readonly string[]>>

export interface Reading {
  /** What a logical id is called in the comparison. */
  readonly name?: (id: string) => string
  readonly parameters?: Parameters
  readonly conditions?: Readonly<Record<string, unknown>>
}

type Node = { readonly [key: string]: unknown }

const NO_VALUE = Symbol('AWS::NoValue')
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** @returns the resources that exist with these parameters */
export function plain(template: { readonly Resources: Node }, reading: Reading = {}): Template {
  const { name = (id: string) => id } = reading
  const resources = Object.entries(template.Resources).flatMap(([id, resource]) => {
    const { Type, Properties = {}, DeletionPolicy, Condition } = resource as Node
    if (typeof Condition === 'string' && !holds(Condition, reading)) return []
    const kept = DeletionPolicy === 'Retain' ? { DeletionPolicy } : {}
    return [[name(id), { Type, Properties: evaluate(Properties, reading), ...kept }]]
  })
  return { Resources: Object.fromEntries(resources) }
}

function holds(condition: string, reading: Reading): boolean {
  if (!(condition in (reading.conditions ?? {}))) throw new Error(`no condition ${condition}`)
  return decide(reading.conditions?.[condition], reading)
}

function decide(expression: unknown, reading: Reading): boolean {
  const [operator, operands] = Object.entries(expression as Node)[0] ?? []
  const [first, second] = operands as readonly unknown[]
  if (operator === 'Fn::Not') return !decide(first, reading)
  if (operator === 'Fn::Equals') return evaluate(first, reading) === evaluate(second, reading)
  throw new Error(`a condition with ${operator} is not understood here`)
}

function evaluate(value: unknown, reading: Reading): unknown {
  if (Array.isArray(value))
    return value.map((item) => evaluate(item, reading)).filter((item) => item !== NO_VALUE)
  // CloudFormation takes 5 and '5' for the same.
  if (!isNode(value)) return typeof value === 'number' ? String(value) : value
  const [key = '', operand] = Object.entries(value)[0] ?? []
  const read = Object.keys(value).length === 1 ? intrinsics[key] : undefined
  if (read) return read(operand, reading)
  const fields = Object.entries(value).map(([field, item]) => [field, evaluate(item, reading)] as const)
  return Object.fromEntries(fields.filter(([, item]) => item !== NO_VALUE))
}

const intrinsics: Readonly<Record<string, (operand: unknown, reading: Reading) => unknown>> = {
  Ref: (id, { parameters = {}, name = String }) => {
    if (id === 'AWS::NoValue') return NO_VALUE
    const given = parameters[id as string]
    if (typeof given === 'object') return given
    return given === undefined ? reference(name(id as string)) : String(given)
  },
  'Fn::GetAtt': (operand, { name = String }) => {
    const [id = '', attribute] = typeof operand === 'string' ? operand.split('.') : (operand as string[])
    return reference(`${name(id)}.${attribute}`)
  },
  'Fn::Sub': (operand, reading) => {
    const [text = '', more = {}] = [operand].flat() as [string?, Node?]
    const { parameters = {}, name = String } = reading
    return text.replace(/\$\{([\w:]+)([^}]*)\}/g, (_, id: string, attribute: string) => {
      if (id in more) return String(evaluate(more[id], reading))
      return id in parameters ? String(parameters[id]) : reference(`${name(id)}${attribute}`)
    })
  },
  'Fn::Select': (operand, reading) => {
    const [index, list] = evaluate(operand, reading) as readonly [string, readonly unknown[]]
    return list[Number(index)]
  },
  'Fn::Split': (operand, reading) => {
    const [between, text] = evaluate(operand, reading) as readonly string[]
    return text?.split(between ?? '')
  },
  'Fn::Join': (operand, reading) => {
    const [between, parts] = operand as readonly [string, readonly unknown[]]
    return parts.map((part) => evaluate(part, reading)).join(between)
  },
  'Fn::If': (operand, reading) => {
    const [condition, then, otherwise] = operand as readonly [string, unknown, unknown]
    return evaluate(holds(condition, reading) ? then : otherwise, reading)
  },
}

/** How a reference stands in a plain template. */
export const reference = (to: string): string => `\${${to}}`
