/**
 * What a `valueFrom` refers to.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-ssm-paramstore.html
 */
import { anything, arnOf } from './arns.ts'

interface SecretReference {
  readonly kind: 'secret'
  /** Without what is selected of it; with `?` for the characters that Secrets Manager adds, where they are left out. */
  readonly arn: string
  readonly region: string
  readonly jsonKey?: string
  readonly versionStage?: string
  readonly versionId?: string
}

interface ParameterReference {
  readonly kind: 'parameter'
  /** With its leading slash where it has a path. */
  readonly name: string
  readonly arn: string
  readonly region: string
  /** A number or a label. */
  readonly version?: string
  /** The name of the secret behind `/aws/reference/secretsmanager/NAME`. */
  readonly secretName?: string
}

export type ValueReference =
  | SecretReference
  | ParameterReference
  | { readonly kind: 'malformed'; readonly because: string }

interface Place {
  readonly region: string
  readonly accountId: string
}

/** A plain name is a parameter of the task's own Region. */
export function parseValueFrom(valueFrom: string, place: Place): ValueReference {
  const [prefix, , service, region = '', accountId = '', type, ...rest] = valueFrom.split(':')
  if (prefix !== 'arn') return parameter(valueFrom, place)
  if (service === 'ssm' && type?.startsWith('parameter/')) {
    return parameter([nameInArn(type), ...rest].join(':'), { region, accountId })
  }
  if (service === 'secretsmanager' && type === 'secret') return secret(valueFrom, region, rest)
  return malformed(`${valueFrom} is neither a secret nor a parameter`)
}

const malformed = (because: string): ValueReference => ({ kind: 'malformed', because })

/** `parameter/bakery/db` is named `/bakery/db`, `parameter/db` is named `db`. */
function nameInArn(resource: string): string {
  const name = resource.slice('parameter/'.length)
  return name.includes('/') ? `/${name}` : name
}

const PARAMETER = /^(\/?[\w.-]+(?:\/[\w.-]+)*)(?::([\w.-]+))?$/
const SECRET_BEHIND = '/aws/reference/secretsmanager/'

function parameter(text: string, { region, accountId }: Place): ValueReference {
  if (text.startsWith(SECRET_BEHIND)) {
    const secretName = text.slice(SECRET_BEHIND.length)
    return { kind: 'parameter', name: text, arn: parameterArn(text, region, accountId), region, secretName }
  }
  const [, name, version] = PARAMETER.exec(text) ?? []
  if (name === undefined) return malformed(`${text} is no name of a parameter`)
  const arn = parameterArn(name, region, accountId)
  return { kind: 'parameter', name, arn, region, ...(version !== undefined && { version }) }
}

const parameterArn = (name: string, region: string, accountId: string): string =>
  arnOf('ssm', region, accountId, `parameter/${name.replace(/^\//, '')}`)

/** The agent takes a name alone, or all three selectors, each of which may be empty. */
const SELECTORS = 3

function secret(
  valueFrom: string,
  region: string,
  [name = '', ...selectors]: readonly string[],
): ValueReference {
  if (name === '') return malformed(`${valueFrom} names no secret`)
  if (selectors.length !== 0 && selectors.length !== SELECTORS) {
    return malformed(
      `${valueFrom} has to end with json-key:version-stage:version-id, or with the secret's name`,
    )
  }
  const [jsonKey, versionStage, versionId] = selectors
  return {
    kind: 'secret',
    arn: wholeArn(
      valueFrom
        .split(':')
        .slice(0, -1 - selectors.length)
        .join(':'),
      name,
    ),
    region,
    ...(jsonKey && { jsonKey }),
    ...(versionStage && { versionStage }),
    ...(versionId && { versionId }),
  }
}

const SUFFIX = /-[A-Za-z0-9]{6}$/

/** Secrets Manager adds a hyphen and six characters to the name; policies are compared with the whole. */
const wholeArn = (front: string, name: string): string =>
  `${front}:${SUFFIX.test(name) ? name : `${name}-${anything(6)}`}`

/** By its name alone, as credentials of a registry may be given. */
export const secretNamed = (name: string, { region, accountId }: Place): SecretReference => ({
  kind: 'secret',
  arn: wholeArn(arnOf('secretsmanager', region, accountId, 'secret'), name),
  region,
})
