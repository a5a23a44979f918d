/** How a broken call is told and proven. */
import type { Confidence, Evidence } from '../../../findings/finding.ts'
import { distinct, listText } from '../start/words.ts'
import { subjectName } from '../words.ts'
import type { Called } from './calls.ts'

/** Two signs that it is called leave no doubt; what may be called need not be. */
export const confidenceOf = ({ sign, made }: Called): Confidence =>
  sign.kind === 'names' && made ? 'proven' : 'likely'

export const callersText = ({ tasks: { service } }: Called): string => `the tasks of ${subjectName(service)}`

export const subnetsText = ({ broken }: Called): string =>
  listText(distinct(broken.map(({ place }) => place.subnet.id)))

/** From where, and what shows that it is called. */
export function callEvidence({ tasks: { service }, sign, definition }: Called): readonly Evidence[] {
  const placed = service.networkConfiguration?.awsvpcConfiguration
  return [
    ...(placed
      ? [
          {
            operation: 'ecs:DescribeServices',
            resource: service.serviceArn,
            field: 'networkConfiguration.awsvpcConfiguration',
            observed: placed,
            expected: 'subnets and groups from which the service is reached',
          },
        ]
      : []),
    ...(sign.kind === 'names'
      ? [
          {
            operation: 'ecs:DescribeTaskDefinition',
            resource: definition.taskDefinitionArn ?? '',
            field: 'taskRoleArn',
            observed: definition.taskRoleArn,
            expected: 'a role that allows what the tasks call',
          },
          sign.evidence,
        ]
      : []),
  ]
}

/** The end of the endpoint's name as people know the service. */
export const serviceName = (service: string): string =>
  ({ dynamodb: 'DynamoDB', s3: 'S3', aoss: 'OpenSearch Serverless' })[service] ?? service
