/**
 * What is asked about: a task definition and how it is started. The shapes name what the snapshot's own do not (yet);
 * a field that was not told stays absent.
 */
import type { ContainerDefinition, TaskDefinition } from '../../../snapshot/types.ts'

interface Secret {
  readonly name?: string | undefined
  readonly valueFrom?: string | undefined
}

export interface StartedContainer extends ContainerDefinition {
  readonly repositoryCredentials?: { readonly credentialsParameter?: string | undefined } | undefined
  readonly environmentFiles?: readonly { readonly value?: string | undefined }[] | undefined
  readonly logConfiguration?:
    | (ContainerDefinition['logConfiguration'] & { readonly secretOptions?: readonly Secret[] | undefined })
    | undefined
}

export interface Volume {
  readonly name?: string | undefined
  readonly efsVolumeConfiguration?:
    | {
        readonly fileSystemId?: string | undefined
        readonly authorizationConfig?:
          | { readonly accessPointId?: string | undefined; readonly iam?: string | undefined }
          | undefined
      }
    | undefined
}

interface StartedDefinition extends Omit<TaskDefinition, 'containerDefinitions'> {
  readonly containerDefinitions?: readonly StartedContainer[] | undefined
  readonly volumes?: readonly Volume[] | undefined
}

export interface Starting {
  readonly definition: StartedDefinition
  readonly accountId: string
  readonly region: string
  /** Of the task, the service or the deployment; absent with a capacity provider strategy. */
  readonly launchType?: string | undefined
  readonly platformVersion?: string | undefined
  /** ECS Exec; absent where it was not told. */
  readonly executeCommand?: boolean | undefined
  readonly serviceConnect?: boolean | undefined
  /** By `valueFrom`: the ARN of the customer's key that encrypts it, where DescribeSecret or DescribeParameters told. */
  readonly keys?: Readonly<Record<string, string>> | undefined
}
