/** Whether what a `valueFrom` refers to is there. Values are never read. */
import { keyedResponse, known, unknown } from '../../../snapshot/known.ts'
import { secretReferenceOf } from '../../../snapshot/references.ts'
import type { ContainerDefinition, Known, Scope } from '../../../snapshot/types.ts'
import { parseValueFrom, type ValueReference } from '../needs/secret-reference.ts'

export interface SecretUse {
  readonly container: string
  /** `secrets[DB_PASSWORD].valueFrom` */
  readonly field: string
  readonly valueFrom: string
}

export const secretUses = (containers: readonly ContainerDefinition[]): readonly SecretUse[] =>
  containers.flatMap(({ name: container = '', secrets = [], logConfiguration }) => [
    ...usesIn(container, 'secrets', secrets),
    ...usesIn(container, 'logConfiguration.secretOptions', logConfiguration?.secretOptions ?? []),
  ])

type Given = { readonly name?: string | undefined; readonly valueFrom?: string | undefined }

const usesIn = (container: string, list: string, secrets: readonly Given[]): readonly SecretUse[] =>
  secrets.map(({ name, valueFrom = '' }) => ({ container, field: `${list}[${name}].valueFrom`, valueFrom }))

export interface Fault {
  /** Completes "the secret X ...". */
  readonly what: string
  readonly operation:
    | 'secretsmanager:DescribeSecret'
    | 'ssm:DescribeParameters'
    | 'ecs:DescribeTaskDefinition'
  readonly observed: unknown
  readonly expected: string
  /** A secret that waits for its deletion. */
  readonly restorable?: string
}

/** What is wrong with it; undefined where nothing is. */
export function faultOf(scope: Scope, scopes: readonly Scope[], valueFrom: string): Known<Fault | undefined> {
  const reference = parseValueFrom(valueFrom, scope)
  if (reference.kind === 'malformed') {
    const expected = 'the ARN of a secret or parameter, or a parameter’s name'
    return known({
      what: 'is malformed',
      operation: 'ecs:DescribeTaskDefinition',
      observed: reference.because,
      expected,
    })
  }
  const home = scopes.find(
    ({ accountId, region }) => region === reference.region && accountId === accountIn(reference, scope),
  )
  const operation = reference.kind === 'secret' ? 'secretsmanager:DescribeSecret' : 'ssm:DescribeParameters'
  if (!home)
    return unknown(operation, `${valueFrom} is in another account or Region, which was not collected`)
  return reference.kind === 'secret'
    ? secretFault(home, valueFrom, reference)
    : parameterFault(home, valueFrom)
}

const accountIn = (reference: Exclude<ValueReference, { kind: 'malformed' }>, scope: Scope): string =>
  reference.arn.split(':')[4] || scope.accountId

type SecretReference = Extract<ValueReference, { kind: 'secret' }>

function secretFault(scope: Scope, valueFrom: string, reference: SecretReference): Known<Fault | undefined> {
  const operation = 'secretsmanager:DescribeSecret'
  const found = keyedResponse(scope, operation, secretReferenceOf(valueFrom).key)
  if (!found.known) return found
  const { ARN, DeletedDate, VersionIdsToStages } = found.value
  if (ARN === undefined)
    return known({ what: 'does not exist', operation, observed: 'no such secret', expected: 'a secret' })
  if (DeletedDate !== undefined)
    return known({
      what: 'is deleted',
      operation,
      observed: { DeletedDate },
      expected: 'a secret that can be read',
      restorable: ARN,
    })
  if (!VersionIdsToStages || hasVersion(VersionIdsToStages, reference)) return known(undefined)
  const what = `has no version ${versionText(reference)}`
  return known({
    what,
    operation,
    observed: { VersionIdsToStages },
    expected: 'the version that is asked for',
  })
}

type Versions = Readonly<Record<string, readonly string[]>>

const CURRENT = 'AWSCURRENT'

function hasVersion(versions: Versions, { versionId, versionStage }: SecretReference): boolean {
  if (versionId !== undefined) return versions[versionId] !== undefined
  return Object.values(versions).some((stages) => stages.includes(versionStage ?? CURRENT))
}

const versionText = ({ versionId, versionStage }: SecretReference): string =>
  versionId ?? versionStage ?? `${CURRENT}: it holds no value`

function parameterFault(scope: Scope, valueFrom: string): Known<Fault | undefined> {
  const operation = 'ssm:DescribeParameters'
  const found = keyedResponse(scope, operation, secretReferenceOf(valueFrom).key)
  if (!found.known) return found
  const { Parameters } = found.value
  if (!Parameters) return unknown(operation, `the answer for ${valueFrom} holds no list`)
  // A secret behind a parameter is never in the list.
  if (Parameters.length > 0 || valueFrom.includes('/aws/reference/')) return known(undefined)
  return known({ what: 'does not exist', operation, observed: [], expected: 'a parameter' })
}
