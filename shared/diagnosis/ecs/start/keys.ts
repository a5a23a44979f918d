/** Keys of the account's own that encrypt secrets and parameters, by `valueFrom`. */
import { keyedResponse } from '../../../snapshot/known.ts'
import { secretReferenceOf } from '../../../snapshot/references.ts'
import type { Scope, TaskDefinition } from '../../../snapshot/types.ts'
import { arnOf } from '../needs/arns.ts'

export function keysOf(
  scope: Scope,
  { containerDefinitions = [] }: TaskDefinition,
): Readonly<Record<string, string>> {
  const written = containerDefinitions.flatMap(({ secrets = [], logConfiguration }) => [
    ...secrets,
    ...(logConfiguration?.secretOptions ?? []),
  ])
  return Object.fromEntries(
    written.flatMap(({ valueFrom = '' }) => {
      const key = keyArn(scope, keyIdOf(scope, valueFrom))
      return key === undefined ? [] : [[valueFrom, key]]
    }),
  )
}

function keyIdOf(scope: Scope, valueFrom: string): string | undefined {
  const { kind, key } = secretReferenceOf(valueFrom)
  if (kind === 'secret') {
    const found = keyedResponse(scope, 'secretsmanager:DescribeSecret', key)
    return found.known ? found.value.KmsKeyId : undefined
  }
  const found = keyedResponse(scope, 'ssm:DescribeParameters', key)
  return found.known ? found.value.Parameters?.[0]?.KeyId : undefined
}

/** A key's ARN, or its id; whose key an alias means is not told, and AWS's own keys ask for nothing. */
function keyArn({ region, accountId }: Scope, id: string | undefined): string | undefined {
  if (id === undefined || /(?:^|:)alias\//.test(id)) return undefined
  return id.startsWith('arn:') ? id : arnOf('kms', region, accountId, `key/${id}`)
}
