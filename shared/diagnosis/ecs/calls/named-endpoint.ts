/**
 * A container may be told another name to call: that of an interface endpoint, which needs no private DNS.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
import type { Missing } from '../../../snapshot/types.ts'
import type { Called } from './calls.ts'

/** Values of environment variables are never collected. @returns why it cannot be told which name is called */
export function namedEndpoint({ definition, service, made }: Called): Missing | undefined {
  if (!made) return undefined
  const names = (definition.containerDefinitions ?? []).flatMap(({ environment = [] }) =>
    environment.flatMap(({ name = '' }) => (tellsEndpoint(name, service) ? [name] : [])),
  )
  return names[0] === undefined
    ? undefined
    : {
        missing: 'ecs:DescribeTaskDefinition',
        because: `the value of ${names[0]} is not collected, which may have the tasks call ${made.VpcEndpointId} by its own name`,
      }
}

/** `AWS_ENDPOINT_URL`, `AWS_ENDPOINT_URL_DYNAMODB`, `DYNAMODB_ENDPOINT` */
function tellsEndpoint(name: string, service: string): boolean {
  const upper = name.toUpperCase()
  return upper === 'AWS_ENDPOINT_URL' || (upper.includes('ENDPOINT') && upper.includes(service.toUpperCase()))
}
