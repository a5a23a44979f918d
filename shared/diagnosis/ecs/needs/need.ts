/** What a task needs to start, as data. */
import type { Missing } from '../../../snapshot/types.ts'

/** A field of the task definition (or of the task or service), and what it holds. */
interface Origin {
  /** `containerDefinitions[oven].image` */
  readonly field: string
  readonly observed: unknown
}

export type Destination =
  /** `service` as in the last part of its endpoint's service name: `ecr.api`. */
  | { readonly kind: 'aws-service'; readonly service: AwsService; readonly region: string }
  /** Reached through an internet or NAT gateway only. */
  | { readonly kind: 'internet'; readonly host: string }
  | { readonly kind: 'file-system'; readonly fileSystemId: string }

export type AwsService =
  | 'ecr.api'
  | 'ecr.dkr'
  | 'ecs'
  | 'ecs-agent'
  | 'ecs-telemetry'
  | 'logs'
  | 's3'
  | 'secretsmanager'
  | 'ssm'
  | 'ssmmessages'

export interface PathNeed extends Origin {
  readonly kind: 'path'
  readonly to: Destination
  readonly port: number
  /** Whose network interface the packets leave: on EC2 the agent fetches what a task needs. */
  readonly from: 'task' | 'instance'
  /** Completes "the task ...". */
  readonly why: string
  /** False for what fails only later, or only for the one who asks for it. */
  readonly blocksStart: boolean
  /** Why it may not be needed after all. */
  readonly doubt?: string
}

/** `ecr`: ECR itself signs the request, so that only the policy of an endpoint on the way decides. */
type Asker = 'execution-role' | 'task-role' | 'instance-role' | 'ecr'

export interface PermissionNeed extends Origin {
  readonly kind: 'permission'
  readonly by: Asker
  readonly action: string
  /** `?` stands for a character that is not known. */
  readonly resource: string
  /** Whose endpoint's policy it meets. Absent where no request of the task is made (keys: the service asks). */
  readonly through?: AwsService
  /**
   * AWS documents that Fargate's own interface makes this call, and conditions on the VPC do not work:
   * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
   */
  readonly wayUnclear?: true
  readonly why: string
  readonly doubt?: string
}

type Need = PathNeed | PermissionNeed

export interface StartNeeds {
  readonly paths: readonly PathNeed[]
  readonly permissions: readonly PermissionNeed[]
  /** What could not be read: there may be more needs. */
  readonly unknown: readonly Missing[]
}

/** What a part of the definition needs, or that it is not understood. */
export type Finding = Need | ({ readonly kind: 'unknown' } & Missing)

export const notUnderstood = (because: string): Finding => ({
  kind: 'unknown',
  missing: 'ecs:DescribeTaskDefinition',
  because,
})
