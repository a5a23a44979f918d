/** infra/template.yaml as CloudFormation, for the parts of SAM that it uses. */
import { readFileSync } from 'node:fs'
import { isMap, isScalar, isSeq, parseDocument } from 'yaml'
import { plain, type Resource, reference, type Template } from './template.ts'

type Node = { readonly [key: string]: unknown }

interface SamFunction {
  readonly CodeUri: string
  readonly Tracing?: string
  readonly Events?: Readonly<Record<string, { readonly Type: string; readonly Properties: Node }>>
  readonly [property: string]: unknown
}

const file = new URL('../../infra/template.yaml', import.meta.url)
const sam = read(parseDocument(readFileSync(file, 'utf8'), { logLevel: 'error' }).contents) as {
  readonly Parameters: Readonly<Record<string, { readonly Default: string | number }>>
  readonly Conditions: Node
  readonly Globals: { readonly Function: Node }
  readonly Resources: Node
}

/** `!Ref X` is short for `{ Ref: X }`. */
function read(node: unknown): unknown {
  const value = readPlain(node)
  const { tag = '' } = (node ?? {}) as { readonly tag?: string }
  if (!/^!\w/.test(tag)) return value
  return { [tag === '!Ref' ? 'Ref' : tag.replace('!', 'Fn::')]: value }
}

function readPlain(node: unknown): unknown {
  if (isMap(node))
    return Object.fromEntries(node.items.map(({ key, value }) => [String(readPlain(key)), read(value)]))
  if (isSeq(node)) return node.items.map(read)
  return isScalar(node) ? node.value : undefined
}

export const samParameters = Object.keys(sam.Parameters)

/** @param given parameters that are not left at their defaults */
export function samDeployed(given: Readonly<Record<string, string | number>> = {}): Template {
  const defaults = Object.fromEntries(
    Object.entries(sam.Parameters).map(([name, { Default }]) => [name, Default]),
  )
  const parameters = { ...defaults, ...given }
  const { Resources } = plain(sam, { parameters, conditions: sam.Conditions })
  const expanded = Object.entries(Resources).flatMap(([id, resource]) =>
    resource.Type === 'AWS::Serverless::Function' ? expandFunction(id, resource) : [[id, resource] as const],
  )
  return { Resources: Object.fromEntries(expanded) }
}

/**
 * What SAM makes of a function: the function, and for each event what invokes it.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-function.html
 */
function expandFunction(id: string, { Properties }: Resource): (readonly [string, Resource])[] {
  const {
    Events = {},
    CodeUri,
    ...rest
  } = { ...sam.Globals.Function, ...Properties } as unknown as SamFunction
  const target = { Type: 'AWS::Lambda::Function', Properties: { ...rest, Code: CodeUri } } as Resource
  const events = Object.entries(Events).flatMap(([name, { Type, Properties }]) => {
    if (Type === 'Schedule') return schedule(id, name, Properties)
    const { Queue, Stream, ...mapping } = Properties
    const source = { EventSourceArn: Queue ?? Stream, FunctionName: reference(id) }
    return [[`${id}${name}`, made('AWS::Lambda::EventSourceMapping', { ...source, ...mapping })] as const]
  })
  return [[id, target], ...events]
}

function schedule(id: string, name: string, properties: Node): (readonly [string, Resource])[] {
  const { Schedule, State, ...delivery } = properties
  const targets = [{ Arn: reference(`${id}.Arn`), Id: `${id}${name}LambdaTarget`, ...delivery }]
  return [
    [`${id}${name}`, made('AWS::Events::Rule', { ScheduleExpression: Schedule, State, Targets: targets })],
    [
      `${id}${name}Permission`,
      made('AWS::Lambda::Permission', {
        Action: 'lambda:InvokeFunction',
        // SAM gives the name; Lambda takes either.
        FunctionName: reference(`${id}.Arn`),
        Principal: 'events.amazonaws.com',
        SourceArn: reference(`${id}${name}.Arn`),
      }),
    ],
  ]
}

const made = (Type: string, Properties: Node) => ({ Type, Properties }) as Resource
