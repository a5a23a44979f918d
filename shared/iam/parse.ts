/**
 * Reads a policy document: an object, JSON text, or URL-encoded JSON text as IAM's API gives it.
 * What is not understood is never left out, since it could have been a restriction: the document is then unknown.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
import * as z from 'zod'
import { known, unknown } from '../snapshot/known.ts'
import type { Known } from '../snapshot/types.ts'
import type { Condition, NamedPrincipal, Policy, PolicyOrigin, Statement } from './policy.ts'

const texts = z.union([z.string().transform((text) => [text]), z.array(z.string())])
const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String)
const scalars = z.union([scalar.transform((value) => [value]), z.array(scalar)])

const statementShape = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: texts.optional(),
  NotAction: texts.optional(),
  Resource: texts.optional(),
  NotResource: texts.optional(),
  Principal: z.unknown().optional(),
  NotPrincipal: z.unknown().optional(),
  Condition: z.unknown().optional(),
})

const documentShape = z.strictObject({
  Version: z.enum(['2008-10-17', '2012-10-17']).optional(),
  Id: z.string().optional(),
  Statement: z.union([z.array(z.unknown()), z.looseObject({})]),
})

export function parsePolicy(document: unknown, origin: PolicyOrigin): Known<Policy> {
  try {
    const { Version, Statement: list } = documentShape.parse(jsonOf(document))
    const variables = Version === '2012-10-17'
    const statements = [list].flat().map((text, index) => statementOf(text, index, variables))
    return known({ origin, statements })
  } catch (error) {
    return unknown(origin.operation, `the policy ${origin.resource} is not understood: ${reasonOf(error)}`)
  }
}

const reasonOf = (error: unknown): string =>
  error instanceof z.ZodError
    ? error.issues.map(({ path, message }) => [...path, message].join(': ')).join('; ')
    : (error as Error).message

function jsonOf(document: unknown): unknown {
  if (typeof document !== 'string') return document
  return JSON.parse(document.trimStart().startsWith('{') ? document : decodeURIComponent(document))
}

function statementOf(text: unknown, index: number, variables: boolean): Statement {
  const shape = statementShape.parse(text)
  const actions = oneOf(shape.Action, shape.NotAction)
  const resources = oneOf(shape.Resource, shape.NotResource)
  const principals = oneOf(principalsOf(shape.Principal), principalsOf(shape.NotPrincipal))
  if (!actions) throw new Error(`statement ${index + 1} names no action`)
  // Only trust policies do without: they stand on the role that they are about.
  if (!resources && !principals) throw new Error(`statement ${index + 1} names no resource`)
  return {
    effect: shape.Effect,
    actions: { except: actions.except, patterns: actions.given },
    resources: resources && { except: resources.except, patterns: resources.given },
    principals: principals && { except: principals.except, named: principals.given },
    conditions: conditionsOf(shape.Condition),
    variables,
    index,
    text,
  }
}

/** An element, or the `Not...` in its place. */
function oneOf<T>(plain: T | undefined, except: T | undefined): { except: boolean; given: T } | undefined {
  if (plain !== undefined && except !== undefined) throw new Error('an element stands beside its opposite')
  if (plain !== undefined) return { except: false, given: plain }
  return except === undefined ? undefined : { except: true, given: except }
}

/** `"*"` means `{ "AWS": "*" }`. */
function principalsOf(shape: unknown): readonly NamedPrincipal[] | undefined {
  if (shape === undefined) return undefined
  if (shape === '*') return [{ type: 'AWS', id: '*' }]
  return entriesOf(shape).flatMap(([type, ids]) => texts.parse(ids).map((id) => ({ type, id })))
}

const conditionsOf = (shape: unknown = {}): readonly Condition[] =>
  entriesOf(shape).flatMap(([operator, keys]) =>
    entriesOf(keys).map(([key, values]) => ({ operator, key, values: scalars.parse(values) })),
  )

/** Not by `z.record`, which drops a key named `__proto__` without a word. */
function entriesOf(shape: unknown): readonly [string, unknown][] {
  z.looseObject({}).parse(shape)
  return Object.entries(shape as object)
}
