/** What sets an audit off: one type for everything that arrives. */
import type { Change } from './change.ts'

interface TriggerOrigin {
  /**
   * The event's natural key: the same fact told twice (at-least-once delivery, a second rule) has the same key.
   */
  readonly key: string
  readonly accountId: string
  readonly region: string
  /** ISO 8601; when the fact was observed, not when the event arrived. */
  readonly observedAt: string
  /** True for an event that an EventBridge archive replays: it may fill the store, but nobody is told. */
  readonly replayed: boolean
}

export interface TargetState {
  /** A target health state of ELBv2, or one of ours: `not-seen` (before), `not-registered` (now). */
  readonly state: string
  readonly reason?: string | undefined
}

export interface TargetChange {
  readonly targetId: string
  readonly port?: number | undefined
  readonly from: TargetState
  readonly to: TargetState & { readonly description?: string | undefined }
}

/** Our own event: ELBv2 publishes none. */
export interface TargetHealthChanged {
  readonly targetGroupArn: string
  readonly loadBalancerArns: readonly string[]
  /** Empty when a group has been unhealthy for long and is looked at again. */
  readonly changes: readonly TargetChange[]
}

interface TargetHealthTrigger extends TriggerOrigin, TargetHealthChanged {
  readonly kind: 'target-health'
}

/** A CloudWatch alarm, or one contributor of it, on UnHealthyHostCount. */
export interface AlarmTrigger extends TriggerOrigin {
  readonly kind: 'alarm'
  readonly alarmName: string
  readonly state: string
  readonly targetGroupArns: readonly string[]
}

interface ScheduleTrigger extends TriggerOrigin {
  readonly kind: 'schedule'
}

interface EcsTaskTrigger extends TriggerOrigin {
  readonly kind: 'ecs-task'
  readonly taskArn: string
  readonly clusterArn: string
  readonly lastStatus: string
  /** From the task's group, `service:NAME`; a task outside of a service has none. */
  readonly serviceName?: string
}

/** ECS says something of a service: a deployment failed, tasks cannot be placed, it is steady again. */
interface EcsServiceTrigger extends TriggerOrigin {
  readonly kind: 'ecs-service'
  readonly serviceArn: string
  readonly eventName: string
}

interface ConfigurationTrigger extends TriggerOrigin {
  readonly kind: 'configuration-change'
  readonly change: Change
  /** Ids and ARNs of what was changed; empty where the call was refused, or is none that matters. */
  readonly objects: readonly string[]
}

export type Trigger =
  | TargetHealthTrigger
  | AlarmTrigger
  | ScheduleTrigger
  | EcsTaskTrigger
  | EcsServiceTrigger
  | ConfigurationTrigger
