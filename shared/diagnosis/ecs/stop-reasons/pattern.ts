/** The vocabulary of stop reasons. */

/**
 * AWS's own names of what went wrong; the last two are ours, for stops that are no errors and for service events.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
 */
export const categories = [
  'CannotPullContainerError',
  'CannotCreateContainerError',
  'CannotCreateVolumeError',
  'CannotStartContainerError',
  'CannotStopContainerError',
  'CannotInspectContainerError',
  'ContainerRuntimeTimeoutError',
  'ContainerRuntimeError',
  'ResourceInitializationError',
  'ResourceNotFoundException',
  'OutOfMemoryError',
  'SpotInterruptionError',
  'InternalError',
  'TaskFailedToStart',
  'SchedulerStop',
  'ServiceEvent',
] as const
export type Category = (typeof categories)[number]

/** What a stop reason points at: where the causes are looked for. */
export type Aim =
  /** The path to a registry or an AWS service: routes, endpoints, security groups, ACLs, names. */
  | 'network'
  /** Policies: of the role, of the resource, of the endpoint, of the key. */
  | 'authorization'
  /** A role that ECS cannot take on. */
  | 'trust'
  /** User name and password of a registry outside of AWS. */
  | 'credentials'
  | 'image'
  | 'architecture'
  | 'rate-limit'
  /** A secret or parameter that is missing, elsewhere or malformed. */
  | 'secret'
  | 'log-group'
  | 'environment-file'
  | 'file-system'
  | 'disk'
  /** Free addresses of the subnet. */
  | 'addresses'
  /** A network interface that was not made or attached in time. */
  | 'interface'
  | 'memory'
  | 'command'
  | 'agent'
  | 'capacity'
  | 'placement'
  | 'compute'
  | 'throttling'
  | 'deployment'
  | 'target-health'
  | 'container-health'
  | 'application'
  /** Stopped on purpose, or with the machine below it. */
  | 'intended'

export interface StopPattern {
  /** Stable; unique among all patterns. */
  readonly id: string
  /** Under which AWS tells it, where the text does not say. */
  readonly category: Category
  /** The likeliest first. */
  readonly aims: readonly Aim[]
  /** Searched in the normalised text (`normalise.ts`). */
  readonly text: RegExp
  /** Where the words alone could mean anything: the text itself must name one of these categories. */
  readonly only?: readonly Category[]
  /** What was asked where the text names no host, as in the last part of an endpoint's service name: `ecr.api`. */
  readonly service?: string
}
