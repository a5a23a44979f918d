/** The templates of infra/ as CloudFormation, for the parts of SAM that they use. */
import { readFileSync } from 'node:fs'
import { isMap, isScalar, isSeq, parseDocument } from 'yaml'
import { type Parameters, plain, type Resource, reference, type Template } from './template.ts'

type Node = { readonly [key: string]: unknown }

interface SamFunction {
  readonly CodeUri: string
  readonly Tracing?: string
  readonly Events?: Readonly<Record<string, { readonly Type: string; readonly Properties: Node }>>
  readonly [property: string]: unknown
}

interface SamTemplate {
  readonly Parameters: Readonly<Record<string, { readonly Type: string; readonly Default?: string | number }>>
  readonly Conditions: Node
  readonly Globals?: { readonly Function: Node }
  readonly Resources: Node
}

type Given = Readonly<Record<string, string | number>>

/** @param name a file in infra/ */
export function templateFile(name: string) {
  const text = readFileSync(new URL(`../../infra/${name}`, import.meta.url), 'utf8')
  const template = read(parseDocument(text, { logLevel: 'error' }).contents) as SamTemplate
  return {
    parameters: Object.keys(template.Parameters),
    /** @param given parameters that are not left at their defaults */
    deployed: (given: Given = {}): Template => deployed(template, given),
  }
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

function deployed(template: SamTemplate, given: Given): Template {
  const { Resources } = plain(template, {
    parameters: parametersOf(template, given),
    conditions: template.Conditions,
  })
  const expanded = Object.entries(Resources).flatMap(([id, resource]) => {
    if (resource.Type === 'AWS::Serverless::Function')
      return expandFunction(id, { ...template.Globals?.Function, ...resource.Properties } as SamFunction)
    if (resource.Type === 'AWS::Serverless::StateMachine')
      return [[id, expandStateMachine(resource)] as const]
    return [[id, resource] as const]
  })
  return { Resources: Object.fromEntries(expanded) }
}

const parametersOf = ({ Parameters }: SamTemplate, given: Given): Parameters =>
  Object.fromEntries(
    Object.entries(Parameters).map(([name, { Type, Default = '' }]) => {
      const value = given[name] ?? Default
      return [name, Type === 'CommaDelimitedList' ? String(value).split(',') : value]
    }),
  )

/** https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-resource-statemachine.html */
function expandStateMachine({ Properties }: Resource): Resource {
  const { Definition, Logging, Name, Role, Type, ...rest } = Properties
  return made('AWS::StepFunctions::StateMachine', {
    ...rest,
    DefinitionString: JSON.stringify(Definition),
    LoggingConfiguration: Logging,
    RoleArn: Role,
    StateMachineName: Name,
    StateMachineType: Type,
  })
}

/**
 * What SAM makes of a function: the function, and for each event what invokes it.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-function.html
 */
function expandFunction(
  id: string,
  { Events = {}, CodeUri, ...rest }: SamFunction,
): (readonly [string, Resource])[] {
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
