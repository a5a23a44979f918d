/** When somebody has to look, as data. docs/operate.md says what to do about each. */
import { type FunctionName, type FunctionSpec, functions, resourceName } from './functions.ts'
import type { StateMachineName } from './state-machines.ts'

export interface AlarmSpec {
  readonly description: string
  readonly namespace: string
  readonly metric: string
  /** Dimension -> value; `<...>` names a queue or function of the deployment. */
  readonly dimensions: Readonly<Record<string, string>>
  readonly statistic: 'Maximum' | 'Sum'
  /** In alarm above this. */
  readonly threshold: number
  readonly periodMinutes: number
  /** So many periods of the last `of` ones. */
  readonly breaches: number
  readonly of: number
  /** Whether silence is an alarm. */
  readonly whenMissing: 'breaching' | 'notBreaching'
}

const METRICS = 'HealthCheckAuditor'

const queueAlarm = (id: string, metric: string, rest: Pick<AlarmSpec, 'description' | 'threshold'>) => ({
  namespace: 'AWS/SQS',
  metric,
  dimensions: { QueueName: `<${id}Name>` },
  statistic: 'Maximum' as const,
  periodMinutes: 1,
  breaches: 1,
  of: 1,
  whenMissing: 'notBreaching' as const,
  ...rest,
})

const deadLetters = (id: string, what: string): AlarmSpec =>
  queueAlarm(id, 'ApproximateNumberOfMessagesVisible', { description: what, threshold: 0 })

/** Of the hub, and of each member. */
export const undeliveredEventsAlarm = deadLetters(
  'UndeliveredEvents',
  'EventBridge could not deliver an event',
)

function ofFunction(name: string, { trigger }: FunctionSpec): Readonly<Record<string, AlarmSpec>> {
  const id = resourceName(name)
  const errors: AlarmSpec = {
    description: `${name} fails again and again: its log says why`,
    namespace: 'AWS/Lambda',
    metric: 'Errors',
    dimensions: { FunctionName: `<${id}FunctionName>` },
    statistic: 'Sum',
    threshold: 0,
    periodMinutes: 5,
    breaches: 2,
    of: 3,
    whenMissing: 'notBreaching',
  }
  return {
    [`${id}ErrorsAlarm`]: errors,
    ...(trigger.kind === 'queue' && {
      [`${id}DeadLettersAlarm`]: deadLetters(`${id}DeadLetters`, `${name} gave up on an event five times`),
      [`${id}QueueAgeAlarm`]: queueAlarm(`${id}Queue`, 'ApproximateAgeOfOldestMessage', {
        description: `${name} does not keep up: an event waits for 15 minutes`,
        threshold: 900,
      }),
    }),
    ...(trigger.kind === 'stream' && {
      [`${id}DeadLettersAlarm`]: deadLetters(`${id}DeadLetters`, `${name} gave up: a finding was not told`),
      [`${id}AgeAlarm`]: {
        ...errors,
        description: `${name} does not keep up: a change waits for 10 minutes`,
        metric: 'IteratorAge',
        statistic: 'Maximum',
        threshold: 600_000,
        breaches: 1,
        of: 1,
      },
    }),
  }
}

const failedExecutions = (machine: StateMachineName, description: string, breaches: number, of: number) => ({
  description,
  namespace: 'AWS/States',
  metric: 'ExecutionsFailed',
  dimensions: { StateMachineArn: `<${machine}Arn>` },
  statistic: 'Sum' as const,
  threshold: 0,
  periodMinutes: 5,
  ...{ breaches, of },
  whenMissing: 'notBreaching' as const,
})

const watcher = (
  metric: string,
  rest: Pick<AlarmSpec, 'description' | 'statistic' | 'threshold' | 'whenMissing'>,
) => ({
  namespace: METRICS,
  metric,
  dimensions: { service: 'watch-target-health' satisfies FunctionName },
  periodMinutes: 5,
  breaches: 3,
  of: 3,
  ...rest,
})

/** Construct id -> alarm; one on something that the deployment does not have is left out. */
export const alarms: Readonly<Record<string, AlarmSpec>> = {
  UndeliveredEventsAlarm: undeliveredEventsAlarm,
  ...Object.assign({}, ...Object.entries(functions).map(([name, spec]) => ofFunction(name, spec))),
  SweepFailedAlarm: failedExecutions('Sweep', 'A Region was not swept: the failed execution names it', 1, 1),
  WatchMembersFailedAlarm: failedExecutions('WatchMembers', 'The members are not watched', 2, 3),
  OldestAnswerAgeAlarm: watcher('OldestAnswerAge', {
    description: 'What is known of some target is older than 15 minutes, or nothing watches at all',
    statistic: 'Maximum',
    threshold: 900,
    whenMissing: 'breaching',
  }),
  WatchFailuresAlarm: watcher('WatchFailures', {
    description: 'Elastic Load Balancing or the event bus keeps refusing',
    statistic: 'Sum',
    threshold: 0,
    whenMissing: 'notBreaching',
  }),
  NotificationsFailedAlarm: {
    ...watcher('NotificationsFailed', {
      description: 'Somebody could not be told, again and again',
      statistic: 'Sum',
      threshold: 0,
      whenMissing: 'notBreaching',
    }),
    dimensions: { service: 'notify-finding' satisfies FunctionName },
  },
  ObjectsRefusedAlarm: {
    ...watcher('ObjectsRefused', {
      description: 'Large findings are not stored whole: the bucket refuses',
      statistic: 'Sum',
      threshold: 0,
      whenMissing: 'notBreaching',
    }),
    // shared/auditing/recording-store.ts, in whichever function.
    dimensions: { service: 'findings-store' },
    breaches: 1,
    of: 1,
  },
}

/**
 * Alarms on load balancers' own metric: each target group is a contributor, and its event makes us look at once. One
 * alarm a namespace, however many groups there are.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/multi-time-series-alarm.html
 */
export const unhealthyHostAlarms = {
  UnhealthyHostsOfApplicationLoadBalancersAlarm: 'AWS/ApplicationELB',
  UnhealthyHostsOfNetworkLoadBalancersAlarm: 'AWS/NetworkELB',
  UnhealthyHostsOfGatewayLoadBalancersAlarm: 'AWS/GatewayELB',
} as const

export const unhealthyHostQuery = (namespace: string): string =>
  `SELECT MAX(UnHealthyHostCount) FROM SCHEMA("${namespace}", LoadBalancer, TargetGroup) GROUP BY LoadBalancer, TargetGroup ORDER BY MAX() DESC`
