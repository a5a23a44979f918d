/** One string: its parts are recognised by their form, and each is replaced by something of the same form. */
import { parseAddress } from './addresses.ts'
import type { Pseudonyms } from './pseudonyms.ts'
import {
  isKeptLabel,
  isKeptValue,
  isOfAws,
  isServiceLabel,
  LOAD_BALANCER_KINDS,
  RESOURCE_WORDS,
} from './vocabulary.ts'

const TIMESTAMP = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/
const ACCOUNT = /^\d{12}$/
/** Ports, codes and counts: `8000`, `200-299`, `404,405`, `-1`, `0.5`. */
const NUMBERS = /^-?\d[\d.,-]*$/
/** `sg-0123456789abcdef0`, `vpc-cidr-assoc-...`, `vpce-svc-...`; of ids that people made up, and of `vpce-*`, the kind stays too. */
const RESOURCE_ID =
  /^((?:subnet-cidr-assoc|vpc-cidr-assoc|vpcbpa-exclude|ela-attach|eni-attach|tgw-attach|aclassoc|eipalloc|eipassoc|rtbassoc|vpce-svc|tgw-rtb|subnet|cagw|dopt|eigw|fsap|fsmt|vpce|ami|acl|eni|igw|lgw|nat|pcx|rtb|sgr|tgw|vgw|vol|vpc|fs|pl|sg|i|r)-)([\w-]+|\*)$/
const HEXADECIMAL = /^[\da-f]{16,}$/i
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i
const MAC = /^[\da-f]{2}(:[\da-f]{2}){5}$/i
/** Names of endpoint services, and who acts: `com.amazonaws.eu-central-1.s3`, `ecs-tasks.amazonaws.com`. */
const AWS_SERVICE = /^com\.amazonaws\.(?!vpce\.)[a-z\d.-]+$|^[a-z\d-]+\.amazonaws\.com(\.cn)?$/
/** Only when an API is deployed does this become a value. */
const STAGE_VARIABLE = /^\$\{stageVariables\.(\w+)\}$/
/** Secrets Manager ends a secret's ARN in six signs; policies say `-??????` for them. */
const SECRET_NAME = /^(.*-)([A-Za-z\d]{6}|\?{6})$/
const HOST_NAME = /^[\w*-]+(\.[\w-]+)*\.[a-z][\w-]+\.?$/i
const HOST_BY_ADDRESS = /^((?:ip|ec2)-)(\d+)-(\d+)-(\d+)-(\d+)$/
/** An endpoint's host name begins with its id: `vpce-0123456789abcdef0-a1b2c3d4`, in a zone also with the zone. */
const ENDPOINT_LABEL = /^(vpce-)([\da-f]{17})-(\w+)/i
/** Whose an interface of AWS is. */
const INTERFACE_OF =
  /^((?:Interface for NAT Gateway|VPC Endpoint Interface|Network Interface for Transit Gateway Attachment) )(\S+)$/
const ARN = /^arn:[^:]+:[^:]*:[^:]*:[^:]*:/

export const isArn = (text: string): boolean => ARN.test(text)
export const isMacAddress = (text: string): boolean => MAC.test(text)
export const isTimestamp = (text: string): boolean => TIMESTAMP.test(text)

/** A value as a whole: an ARN, an address, a host name, or words with separators between them. */
export function redactValue(value: string, pseudonyms: Pseudonyms): string {
  if (TIMESTAMP.test(value) || isOfAws(value)) return value
  if (ARN.test(value)) return redactArn(value, pseudonyms)
  if (MAC.test(value)) return pseudonyms.hex(value)
  if (parseAddress(value)) return pseudonyms.address(value)
  const [, words, id] = INTERFACE_OF.exec(value) ?? []
  return words && id ? words + redactParts(id, pseudonyms) : redactParts(value, pseudonyms)
}

/** Partition, service and Region stay, and what kind of resource it is. */
function redactArn(arn: string, pseudonyms: Pseudonyms): string {
  const [scheme, partition, service, region, account = '', ...rest] = arn.split(':')
  const owner = ACCOUNT.test(account) ? pseudonyms.account(account) : account
  const resource =
    service === 'secretsmanager' ? redactSecret(rest, pseudonyms) : redactParts(rest.join(':'), pseudonyms)
  return [scheme, partition, service, region, owner, resource].join(':')
}

/** `secret:shop/db-AbCdEf:password::`; without the six signs it is the secret's name. */
function redactSecret([kind = '', name = '', ...more]: readonly string[], pseudonyms: Pseudonyms): string {
  const [, named, end] = SECRET_NAME.exec(name) ?? []
  const secret = named && end ? redactParts(named, pseudonyms) + pseudonyms.token(end) : undefined
  const rest = more.map((part) => redactParts(part, pseudonyms))
  return [kind, secret ?? redactParts(name, pseudonyms), ...rest].join(':')
}

/** `service:web`, `ELB app/web/0123456789abcdef`, `registry/image:tag@sha256:...`, `/ecs/web`. */
function redactParts(value: string, pseudonyms: Pseudonyms): string {
  const parts = value.split(/([\s/:@=,()[\]"']+)/)
  return parts
    .map((part, at) => {
      if (at % 2 === 1 || part === '') return part
      const before = parts[at - 2] ?? ''
      const kind = RESOURCE_WORDS.has(part) && at <= 2 && parts.length > 1
      const balancer =
        LOAD_BALANCER_KINDS.has(part) && /^(ELB|loadbalancer|listener|listener-rule)$/.test(before)
      return kind || balancer ? part : redactPart(part, pseudonyms)
    })
    .join('')
}

export function redactPart(part: string, pseudonyms: Pseudonyms): string {
  return isKeptValue(part) ? part : (redactForm(part, pseudonyms) ?? pseudonyms.name(part))
}

/** @returns undefined for what has no form of its own: a name, or a word */
export function redactForm(part: string, pseudonyms: Pseudonyms): string | undefined {
  if (ACCOUNT.test(part)) return pseudonyms.account(part)
  if (parseAddress(part)) return pseudonyms.address(part)
  if (NUMBERS.test(part) || AWS_SERVICE.test(part)) return part
  if (UUID.test(part) || HEXADECIMAL.test(part)) return pseudonyms.hex(part)
  const [, kind, id] = RESOURCE_ID.exec(part) ?? []
  if (kind && id) return kind + redactId(id, pseudonyms)
  if (HOST_NAME.test(part)) return redactHostName(part, pseudonyms)
  const [, variable] = STAGE_VARIABLE.exec(part) ?? []
  return variable && `\${stageVariables.${pseudonyms.name(variable)}}`
}

function redactId(id: string, pseudonyms: Pseudonyms): string {
  if (id === '*') return id
  return HEXADECIMAL.test(id) || /^[\da-f]{8}$/.test(id) ? pseudonyms.hex(id) : pseudonyms.name(id)
}

function redactHostName(host: string, pseudonyms: Pseudonyms): string {
  const ofAws = /\.amazonaws\.com(\.cn)?\.?$/.test(host)
  return host
    .split('.')
    .map((label) => {
      const [, prefix, ...octets] = HOST_BY_ADDRESS.exec(label) ?? []
      if (prefix) return prefix + pseudonyms.address(octets.join('.')).replaceAll('.', '-')
      const kept = label === '' || label === '*' || isKeptLabel(label) || (ofAws && isServiceLabel(label))
      return kept ? label : redactLabel(label, pseudonyms)
    })
    .join('.')
}

function redactLabel(label: string, pseudonyms: Pseudonyms): string {
  if (ACCOUNT.test(label)) return pseudonyms.account(label)
  const [, kind, id, end] = ENDPOINT_LABEL.exec(label) ?? []
  if (kind && id && end) return `${kind}${pseudonyms.hex(id)}-${pseudonyms.name(end)}`
  // Host names have no case, and Route 53 writes those of load balancers small.
  return RESOURCE_ID.test(label) ? redactPart(label, pseudonyms) : pseudonyms.name(label.toLowerCase())
}
