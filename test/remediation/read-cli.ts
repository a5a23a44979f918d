/** An `aws` command held against the SDK's own model of the operation: names, types and what is required. */
import * as apigateway from '@aws-sdk/client-api-gateway'
import * as apigatewayv2 from '@aws-sdk/client-apigatewayv2'
import * as logs from '@aws-sdk/client-cloudwatch-logs'
import * as ec2 from '@aws-sdk/client-ec2'
import * as ecr from '@aws-sdk/client-ecr'
import * as ecs from '@aws-sdk/client-ecs'
import * as elbv2 from '@aws-sdk/client-elastic-load-balancing-v2'
import * as iam from '@aws-sdk/client-iam'
import * as opensearchserverless from '@aws-sdk/client-opensearchserverless'
import * as route53 from '@aws-sdk/client-route-53'
import * as secretsmanager from '@aws-sdk/client-secrets-manager'
import { commandsIn } from './read-shell.ts'

export interface AwsCall {
  readonly service: string
  readonly operation: string
  readonly region: string
  /** The API's parameters, as an SDK command would take them. */
  readonly input: Readonly<Record<string, unknown>>
  /** What the parameters are wrong in; empty when the API would take them. */
  readonly problems: readonly string[]
}

const clients: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  apigateway,
  apigatewayv2,
  ec2,
  ecr,
  ecs,
  elbv2,
  iam,
  logs,
  opensearchserverless,
  route53,
  secretsmanager,
}
const GLOBAL = ['region', 'query', 'output', 'cli-input-json']

/** Every `aws` command of a line. */
export const awsCallsIn = (line: string): readonly AwsCall[] =>
  commandsIn(line)
    .filter(([program]) => program === 'aws')
    .map(awsCall)

function awsCall([, service = '', operation = '', ...words]: readonly string[]): AwsCall {
  const options = optionsOf(words)
  const region = options.region?.[0] ?? ''
  const name = pascal(operation)
  const model = requestModel(service, name)
  if (!model)
    return { service, operation, region, input: {}, problems: [`no operation ${service} ${operation}`] }
  const parameters = Object.entries(options)
    .filter(([option]) => !GLOBAL.includes(option))
    .map(([option, values]) => parameterOf(model, option, values))
  const input = Object.fromEntries(
    parameters.flatMap((parameter) => (parameter.entry ? [parameter.entry] : [])),
  )
  const strange = parameters.flatMap((parameter) => parameter.problem ?? [])
  const wrong = 'cli-input-json' in options ? [] : mismatches(model, input, name)
  return { service, operation, region, input, problems: [...strange, ...wrong] }
}

interface Parameter {
  readonly entry?: readonly [member: string, value: unknown]
  readonly problem?: string
}

function parameterOf(model: Structure, option: string, values: readonly string[]): Parameter {
  const flag = flags[option]
  if (flag) return { entry: [flag.member, flag.value] }
  const index = model[4].findIndex((member) => kebab(member) === option)
  const member = model[4][index]
  if (member === undefined) return { problem: `no parameter --${option}` }
  return { entry: [member, converted(schemaOf(model[5][index]), values, option)] }
}

/** Options of the AWS CLI that are one parameter of the API. */
const flags: Readonly<Record<string, { readonly member: string; readonly value: boolean }>> = {
  egress: { member: 'Egress', value: true },
  ingress: { member: 'Egress', value: false },
  'private-dns-enabled': { member: 'PrivateDnsEnabled', value: true },
}

function optionsOf(words: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const options: Record<string, string[]> = {}
  let current: string[] = []
  for (const word of words) {
    if (word.startsWith('--')) {
      current = []
      options[word.slice(2)] = current
    } else current.push(word)
  }
  return options
}

const pascal = (text: string): string =>
  text.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** The AWS CLI's name of a parameter: VpcId is --vpc-id, Ipv6CidrBlock --ipv6-cidr-block. */
const kebab = (text: string): string =>
  text.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `-${letter}`).toLowerCase()

/** https://github.com/smithy-lang/smithy-typescript: [kind, namespace, name, traits, members, schemas, required] */
type Structure = readonly [3, string, string, unknown, readonly string[], readonly unknown[], number?]

function requestModel(service: string, name: string): Structure | undefined {
  const client = clients[service]
  return [`${name}Request$`, `${name}Input$`]
    .map((key) => client?.[key] as Structure | undefined)
    .find(Boolean)
}

/** Schemas come plain, as functions, or in a pair with traits. */
function schemaOf(schema: unknown): unknown {
  const plain = typeof schema === 'function' ? schema() : schema
  return Array.isArray(plain) && plain.length === 2 ? schemaOf(plain[0]) : plain
}

const SIMPLE: Readonly<Record<number, string>> = { 0: 'string', 1: 'number', 2: 'boolean' }
const BOOLEAN = 2
const LIST = 64

function converted(schema: unknown, values: readonly string[], option: string): unknown {
  const [first = ''] = values
  if (schema === LIST) return values
  if (Array.isArray(schema))
    return first.startsWith('[') || first.startsWith('{') ? JSON.parse(first) : values
  if (schema === BOOLEAN && values.length === 0) return true
  if (values.length !== 1) throw new Error(`--${option} takes one value: ${values.join(' ')}`)
  return schema === 1 ? Number(first) : first
}

function mismatches(schema: unknown, value: unknown, path: string): readonly string[] {
  const plain = schemaOf(schema)
  if (typeof plain === 'number') return simpleMismatch(plain, value, path)
  const [kind] = plain as readonly [number]
  if (kind === 3) return structureMismatches(plain as Structure, value, path)
  if (kind === 1) return listMismatches((plain as readonly unknown[])[4], value, path)
  return []
}

function simpleMismatch(schema: number, value: unknown, path: string): readonly string[] {
  if (schema >= LIST && schema < 2 * LIST) return listMismatches(schema - LIST, value, path)
  const type = SIMPLE[schema]
  return type === undefined || (typeof value === type && !Number.isNaN(value))
    ? []
    : [`${path} is not a ${type}`]
}

const listMismatches = (item: unknown, value: unknown, path: string): readonly string[] =>
  Array.isArray(value)
    ? value.flatMap((one, index) => mismatches(item, one, `${path}[${index}]`))
    : [`${path} is no list`]

function structureMismatches(model: Structure, value: unknown, path: string): readonly string[] {
  const [, , , , members, schemas, required = 0] = model
  const given = Object.entries(value as object)
  const missing = members.slice(0, required).filter((member) => !given.some(([name]) => name === member))
  return [
    ...missing.map((member) => `${path}.${member} is required`),
    ...given.flatMap(([name, item]) =>
      members.includes(name)
        ? mismatches(schemas[members.indexOf(name)], item, `${path}.${name}`)
        : [`${path} has no ${name}`],
    ),
  ]
}
