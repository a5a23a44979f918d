/** One string: its parts are recognised by their form, and each is replaced by something of the same form. */
import { parseAddress } from './addresses.ts'
import type { Pseudonyms } from './pseudonyms.ts'
import {
  isCommandWord,
  isKeptLabel,
  isKeptValue,
  isMessageWord,
  isServiceLabel,
  LOAD_BALANCER_KINDS,
  RESOURCE_WORDS,
} from './vocabulary.ts'

const TIMESTAMP = /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/
const ACCOUNT = /^\d{12}$/
/** Ports, codes and counts: `8000`, `200-299`, `404,405`, `-1`, `0.5`. */
const NUMBERS = /^-?\d[\d.,-]*$/
/** `sg-0123456789abcdef0`, `vpc-cidr-assoc-...`, `vpce-svc-...`; of ids that people made up, the kind stays too. */
const RESOURCE_ID =
  /^((?:subnet-cidr-assoc|vpc-cidr-assoc|vpcbpa-exclude|ela-attach|eni-attach|tgw-attach|aclassoc|eipalloc|eipassoc|rtbassoc|vpce-svc|tgw-rtb|subnet|cagw|dopt|eigw|fsap|fsmt|vpce|ami|acl|eni|igw|lgw|nat|pcx|rtb|sgr|tgw|vgw|vol|vpc|fs|pl|sg|i|r)-)([\w-]+)$/
const HEXADECIMAL = /^[\da-f]{16,}$/i
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i
const MAC = /^[\da-f]{2}(:[\da-f]{2}){5}$/i
const AWS_SERVICE = /^com\.amazonaws\.(?!vpce\.)[a-z\d.-]+$/
const HOST_NAME = /^[\w*-]+(\.[\w-]+)*\.[a-z][\w-]+\.?$/i
const HOST_BY_ADDRESS = /^((?:ip|ec2)-)(\d+)-(\d+)-(\d+)-(\d+)$/
/** An endpoint's host name begins with its id: `vpce-0123456789abcdef0-a1b2c3d4`, in a zone also with the zone. */
const ENDPOINT_LABEL = /^(vpce-)([\da-f]{17})-(\w+)/i
/** Whose an interface of AWS is. */
const INTERFACE_OF =
  /^((?:Interface for NAT Gateway|VPC Endpoint Interface|Network Interface for Transit Gateway Attachment) )(\S+)$/
const ARN = /^arn:[^:]+:[^:]*:[^:]*:[^:]*:/

/** A value as a whole: an ARN, an address, a host name, or words with separators between them. */
export function redactValue(value: string, pseudonyms: Pseudonyms): string {
  if (TIMESTAMP.test(value)) return value
  if (ARN.test(value)) return redactArn(value, pseudonyms)
  if (MAC.test(value)) return pseudonyms.hex(value)
  if (parseAddress(value)) return pseudonyms.address(value)
  const [, words, id] = INTERFACE_OF.exec(value) ?? []
  return words && id ? words + redactParts(id, pseudonyms) : redactParts(value, pseudonyms)
}

/** Partition, service and Region stay, and what kind of resource it is. */
function redactArn(arn: string, pseudonyms: Pseudonyms): string {
  const [scheme, partition, service, region, account = '', ...resource] = arn.split(':')
  const owner = ACCOUNT.test(account) ? pseudonyms.account(account) : account
  return [scheme, partition, service, region, owner, redactParts(resource.join(':'), pseudonyms)].join(':')
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

function redactPart(part: string, pseudonyms: Pseudonyms): string {
  return isKeptValue(part) ? part : (redactForm(part, pseudonyms) ?? pseudonyms.name(part))
}

/** @returns undefined for what has no form of its own: a name, or a word */
function redactForm(part: string, pseudonyms: Pseudonyms): string | undefined {
  if (ACCOUNT.test(part)) return pseudonyms.account(part)
  if (parseAddress(part)) return pseudonyms.address(part)
  if (NUMBERS.test(part) || AWS_SERVICE.test(part)) return part
  if (UUID.test(part) || HEXADECIMAL.test(part)) return pseudonyms.hex(part)
  const [, kind, id] = RESOURCE_ID.exec(part) ?? []
  if (kind && id)
    return kind + (HEXADECIMAL.test(id) || /^[\da-f]{8}$/.test(id) ? pseudonyms.hex(id) : pseudonyms.name(id))
  return HOST_NAME.test(part) ? redactHostName(part, pseudonyms) : undefined
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
  return RESOURCE_ID.test(label) ? redactPart(label, pseudonyms) : pseudonyms.name(label)
}

/** Free text of AWS: names that are known from elsewhere, whatever has a form of its own, `(service web)`. */
export function redactText(text: string, pseudonyms: Pseudonyms): string {
  const named = text.replace(
    /\((service|task|cluster|container|instance|task-set|deployment) ([^()\s]+)\)/g,
    (_, kind, name) => {
      return `(${kind} ${redactValue(name, pseudonyms)})`
    },
  )
  return named.replace(/[\w*][\w*.:/@=-]*[\w*]|\w/g, (word) => redactWord(word, pseudonyms))
}

function redactWord(word: string, pseudonyms: Pseudonyms): string {
  if (/^name-\d+$/.test(word) || isMessageWord(word)) return word
  if (ARN.test(word)) return redactArn(word, pseudonyms)
  if (TIMESTAMP.test(word) || /^[a-z\d-]+:[A-Z]\w+$/.test(word)) return word
  if (MAC.test(word) || parseAddress(word)) return redactValue(word, pseudonyms)
  return word
    .split(/([/:@=])/)
    .map((part) =>
      pseudonyms.knows(part) && !isMessageWord(part)
        ? pseudonyms.name(part)
        : (redactForm(part, pseudonyms) ?? part),
    )
    .join('')
}

/** What a container runs: the words of probes stay. */
export function redactCommand(command: string, pseudonyms: Pseudonyms): string {
  return command.replace(/[\w*][\w*.-]*|--?\w[\w-]*/g, (word) =>
    isCommandWord(word.replace(/^-+/, '')) || isCommandWord(word) ? word : redactPart(word, pseudonyms),
  )
}
