/**
 * Fetching secrets and parameters. Both services decrypt by themselves: a key asks for a permission, not for a path.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
import { type Context, containerField, HTTPS, type Part } from './context.ts'
import { type Finding, notUnderstood } from './need.ts'
import { parseValueFrom, secretNamed, type ValueReference } from './secret-reference.ts'

export const secretNeeds: Part = (context, container) => {
  const secrets = [
    ...fieldsOf('secrets', container.secrets),
    ...fieldsOf('logConfiguration.secretOptions', container.logConfiguration?.secretOptions),
  ]
  return secrets.flatMap(({ field, valueFrom }) => {
    const reference = parseValueFrom(valueFrom, context.starting)
    return referenceNeeds(context, reference, {
      field: containerField(container, field),
      observed: valueFrom,
    })
  })
}

/** Credentials of a registry outside of AWS, by ARN or by name. */
export const credentialNeeds: Part = (context, container) => {
  const given = container.repositoryCredentials?.credentialsParameter
  if (given === undefined) return []
  const { starting } = context
  const reference = given.startsWith('arn:') ? parseValueFrom(given, starting) : secretNamed(given, starting)
  const field = containerField(container, 'repositoryCredentials.credentialsParameter')
  return referenceNeeds(context, reference, { field, observed: given })
}

interface Given {
  readonly name?: string | undefined
  readonly valueFrom?: string | undefined
}

const fieldsOf = (list: string, secrets: readonly Given[] = []) =>
  secrets.map(({ name, valueFrom = '' }) => ({ field: `${list}[${name}].valueFrom`, valueFrom }))

interface Origin {
  readonly field: string
  readonly observed: string
}

function referenceNeeds(context: Context, reference: ValueReference, origin: Origin): readonly Finding[] {
  if (reference.kind === 'malformed') return [notUnderstood(`${origin.field}: ${reference.because}`)]
  const { kind, arn, region } = reference
  const service = kind === 'secret' ? 'secretsmanager' : 'ssm'
  const action = kind === 'secret' ? 'secretsmanager:GetSecretValue' : 'ssm:GetParameters'
  const why = kind === 'secret' ? 'fetches a secret' : 'fetches a parameter'
  const { platform, from, starting } = context
  const common = { ...origin, why, ...(platform.doubt !== undefined && { doubt: platform.doubt }) }
  const permission = { ...common, kind: 'permission', by: 'execution-role' } as const
  const key = starting.keys && Object.hasOwn(starting.keys, origin.observed) && starting.keys[origin.observed]
  return [
    {
      ...common,
      kind: 'path',
      to: { kind: 'aws-service', service, region },
      port: HTTPS,
      from,
      blocksStart: true,
    },
    { ...permission, action, resource: arn, through: service },
    ...(kind === 'parameter' && reference.secretName !== undefined
      ? [{ ...permission, ...behind(reference.secretName, region, starting.accountId) }]
      : []),
    ...(key
      ? [
          {
            ...permission,
            why: `${why}, encrypted with a key of yours`,
            action: 'kms:Decrypt',
            resource: key,
          },
        ]
      : []),
  ]
}

/** Parameter Store reads the secret in the name of the one who asks. */
const behind = (name: string, region: string, accountId: string) => ({
  action: 'secretsmanager:GetSecretValue',
  resource: secretNamed(name, { region, accountId }).arn,
})
