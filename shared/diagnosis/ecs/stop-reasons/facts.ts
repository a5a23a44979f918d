/** What can be read out of a stop reason, whichever pattern knows it. Cut-off values are left out. */
import { isPublic, parseAddress } from '../../../network/address.ts'
import { parsePort } from '../../../network/ports.ts'
import { type ImageReference, parseImage } from '../image-reference.ts'
import { speaksOfNetwork, speaksOfRefusal } from './markers.ts'
import { serviceOfHost, serviceOfOperation } from './services.ts'

export interface StopFacts {
  /** One of the words that AWS itself takes for a broken path. */
  readonly network: boolean
  /** Something answered, and refused. */
  readonly refused: boolean
  /** A name was not resolved, or the resolver did not answer. */
  readonly nameLookup: boolean
  /** The end of the message is missing. */
  readonly cut: boolean
  /** A public address means that no endpoint with private DNS is in the way. */
  readonly dialled?: { readonly ip: string; readonly port: number; readonly public: boolean }
  readonly host?: string
  /** `ecr.api`, from the host or from the operation that failed. */
  readonly service?: string
  readonly region?: string
  /** The role that was refused, without its path. */
  readonly role?: { readonly accountId: string; readonly name: string }
  /** The role that ECS could not take on. */
  readonly roleArn?: string
  readonly action?: string
  readonly resource?: string
  readonly image?: ImageReference
  readonly platform?: string
  /** Without JSON key and version. */
  readonly secretArn?: string
  readonly jsonKey?: string
  readonly parameters?: readonly string[]
  readonly logGroup?: string
  readonly fileSystemId?: string
  readonly subnetId?: string
  readonly instanceId?: string
  readonly targetGroup?: string
  /** Of the HTTP answer. */
  readonly status?: number
}

/** In the first group; the earlier expressions are the surer ones. */
const values = {
  host: [/https?:\/\/([\w.-]+)/i, /lookup ([\w.-]+)/i, /failed to resolve "([\w.-]+)"/i],
  roleArn: [/assume the role '?(arn:[^\s':]+:iam::\d{12}:role\/[\w+=,.@/-]+)/i],
  action: [/not authorized to perform: ([\w-]+:\w+)/i],
  resource: [/on resource: "?([^\s"]+?)[,.;"]?(?= |$)/i],
  platform: [/platform:? '?(\w+\/[\w/]+)/i, /matching manifest for (\w+\/[\w/]+)/i],
  secretArn: [/(arn:[\w-]+:secretsmanager:[\w-]+:\d{12}:secret:[\w/+=.@!-]+)/i],
  jsonKey: [/did not contain json key ([\w.-]+)/i],
  logGroup: [/:log-group:([\w/.#-]+)/i],
  fileSystemId: [/\b(fs-[0-9a-f]{8,17})\b/i],
  subnetId: [/\b(subnet-[0-9a-f]{8,17})\b/i],
  instanceId: [/\(instance (i-[0-9a-f]{8,17})\)/i],
  targetGroup: [/\((?:target-group|elb) ([^\s)]+)\)/i],
} as const satisfies Partial<Record<keyof StopFacts, readonly RegExp[]>>

/** @param text normalised */
export function factsOf(text: string, cut: boolean): StopFacts {
  const read = (patterns: readonly RegExp[]) => first(patterns, text, cut)
  const found = Object.fromEntries(
    Object.entries(values).flatMap(([name, patterns]) => {
      const value = read(patterns)
      return value === undefined ? [] : [[name, value]]
    }),
  )
  return {
    network: speaksOfNetwork(text),
    refused: speaksOfRefusal(text),
    nameLookup: /\blookup \S+|no such host|server misbehaving|failed to resolve "/i.test(text),
    cut,
    ...found,
    ...dialled(text),
    ...asked(text, read(values.host)),
    ...refusedRole(text),
    ...image(text, cut),
    ...parameters(text, cut),
    ...status(text),
  }
}

/** A value that reaches to the end of a cut text may be a part of itself. */
function first(patterns: readonly RegExp[], text: string, cut: boolean): string | undefined {
  for (const pattern of patterns) {
    const found = pattern.exec(text)
    const isWhole = found && !(cut && found.index + found[0].length === text.length)
    if (isWhole) return found[1]
  }
  return undefined
}

/** `10.0.1.17:443` or `[2600:1f18::1]:443`, dialled or at the far end of a connection that broke. */
const DIALLED =
  /(?:dial (?:tcp|udp) |(?:read|write) tcp \S+->)(?:\[([0-9a-f:.]+)\]|([\d.]+)):(\d{1,5})(?=\D)/i

function dialled(text: string): Pick<StopFacts, 'dialled'> {
  const [, ipv6, ipv4, digits = ''] = DIALLED.exec(text) ?? []
  const ip = ipv6 ?? ipv4 ?? ''
  const address = parseAddress(ip)
  const port = parsePort(digits)
  if (address === undefined || port === undefined) return {}
  return { dialled: { ip, port, public: isPublic(address) } }
}

function asked(text: string, host: string | undefined): Pick<StopFacts, 'service' | 'region'> {
  const known = host === undefined ? undefined : serviceOfHost(host.toLowerCase())
  if (known) return known
  const [, operation] = /operation error ([\w ]+):/i.exec(text) ?? []
  const service = operation === undefined ? undefined : serviceOfOperation(operation)
  const [, region] = /arn:[\w-]+:(?:secretsmanager|ssm|logs|ecr):([a-z0-9-]+):\d{12}:/.exec(text) ?? []
  return { ...(service !== undefined && { service }), ...(region !== undefined && { region }) }
}

/** The session's name follows, so that this one is whole. */
function refusedRole(text: string): Pick<StopFacts, 'role'> {
  const [, accountId, name] = /:sts::(\d{12}):assumed-role\/([\w+=,.@-]+)\//.exec(text) ?? []
  return accountId === undefined || name === undefined ? {} : { role: { accountId, name } }
}

const IMAGES = [
  /failed to resolve ref(?:erence)? "?([^\s"]+?):?"?(?= |$)/i,
  /pull access denied for ([^\s,]+)/i,
  /cannot pull '?([^\s']+?)'? from/i,
  /manifest for (\S+) not found/i,
  /failed to pull and unpack image "([^"]+)"/i,
]

function image(text: string, cut: boolean): Pick<StopFacts, 'image'> {
  const name = first(IMAGES, text, cut)
  const parsed = name === undefined ? undefined : parseImage(name)
  return parsed ? { image: parsed } : {}
}

function parameters(text: string, cut: boolean): Pick<StopFacts, 'parameters'> {
  const list = first([/invalid (?:ssm )?parameters?: ([\w/.:-]+(?:, ?[\w/.:-]+)*),? ?/i], text, cut)
  return list === undefined ? {} : { parameters: list.split(/, ?/) }
}

function status(text: string): Pick<StopFacts, 'status'> {
  const [, code] =
    /status ?code:? (\d{3})\b/i.exec(text) ??
    /\b(4\d\d|5\d\d) (?:forbidden|not found|too many)/i.exec(text) ??
    []
  return code === undefined ? {} : { status: Number(code) }
}
