/** How task definitions name what a task needs to start: from what they say to the keys under which a snapshot holds it. */
import type { Place } from './types.ts'

/** Of an ARN of a service that has Regions. */
export function placeOf(arn: string): Place {
  const [, , , region = '', accountId = ''] = arn.split(':')
  return { accountId, region }
}

export const isAt = (place: Place, other: Place): boolean =>
  place.accountId === other.accountId && place.region === other.region

/** `arn:aws:iam::111122223333:role/service-role/web` -> `web`; IAM's operations know no paths. */
export const roleNameOf = (roleArn: string): string => roleArn.slice(roleArn.lastIndexOf('/') + 1)

export interface EcrImage extends Place {
  readonly repository: string
  readonly tag?: string
  readonly digest?: string
}

/** Also the hosts of FIPS and dual-stack endpoints, and of other partitions. */
const ECR =
  /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z\d-]+)\.[a-z.]+\/([^:@]+)(?::([^@]+))?(?:@(sha256:[\da-f]+))?$/

/**
 * `111122223333.dkr.ecr.eu-central-1.amazonaws.com/shop/web:v7` taken apart; without tag and digest it is `latest`.
 * @returns undefined for images of other registries, ECR Public among them
 */
export function ecrImageOf(image: string): EcrImage | undefined {
  const [, accountId, region, repository, tag, digest] = ECR.exec(image) ?? []
  if (!accountId || !region || !repository) return undefined
  const place = { accountId, region, repository }
  if (digest) return { ...place, digest, ...(tag && { tag }) }
  return { ...place, tag: tag ?? 'latest' }
}

/** `key` is what the snapshot calls it: of a secret what was written (secretsmanager:DescribeSecret), of a parameter its name (ssm:DescribeParameters). */
export interface SecretReference {
  readonly kind: 'secret' | 'parameter'
  readonly key: string
}

/**
 * `valueFrom` of `secrets` and `secretOptions`: the ARN of a secret, with or without `:json-key:version-stage:version-id`,
 * the ARN of a parameter, or the name of one.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Secret.html
 */
export function secretReferenceOf(valueFrom: string): SecretReference {
  const [scheme, , service, , , resource = ''] = valueFrom.split(':')
  if (scheme !== 'arn') return { kind: 'parameter', key: withoutSelector(valueFrom) }
  if (service === 'ssm') return { kind: 'parameter', key: parameterNameOf(resource) }
  return { kind: 'secret', key: valueFrom }
}

/** `repositoryCredentials.credentialsParameter`: the ARN of a secret, or in the task's own Region its name. */
export const credentialsReferenceOf = (parameter: string): SecretReference =>
  parameter.startsWith('arn:') ? secretReferenceOf(parameter) : { kind: 'secret', key: parameter }

/** The secret's ARN (or name) alone, without the JSON key and version that a `valueFrom` may end in. */
export const secretIdOf = (key: string): string =>
  key.startsWith('arn:') ? key.split(':').slice(0, 7).join(':') : key

/** A parameter's name holds no colon: what follows one is a version or a label. */
const withoutSelector = (name: string): string => name.split(':')[0] ?? ''

/** `parameter/shop/db` is named `/shop/db`; `parameter/db` is `db`, or `/db`, which no ARN tells apart. */
function parameterNameOf(resource: string): string {
  const name = resource.replace(/^parameter/, '')
  return name.lastIndexOf('/') > 0 ? name : name.slice(1)
}
