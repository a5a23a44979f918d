/**
 * The EventBridge rules: which events reach which function. The deployment makes rules of them, and the local
 * bus matches with the very same patterns.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */

import { configurationCalls } from '../shared/events/configuration-calls.ts'

/** AWS's own events arrive on the account's default bus, ours on a bus of our own. */
export type BusName = 'default' | 'own'

interface EventRule {
  readonly bus: BusName
  readonly target: string
  readonly pattern: { readonly source: readonly string[]; readonly 'detail-type': readonly string[] }
}

export const eventRules = {
  'target-health-changed': {
    bus: 'own',
    target: 'audit-target-health',
    pattern: { source: ['health-check-auditor'], 'detail-type': ['Target Health Changed'] },
  },
  'finding-still-open': {
    bus: 'own',
    target: 'audit-ecs-task',
    pattern: { source: ['health-check-auditor'], 'detail-type': ['Finding Still Open'] },
  },
  'unhealthy-hosts-alarm': {
    bus: 'default',
    target: 'audit-target-health',
    pattern: {
      source: ['aws.cloudwatch'],
      'detail-type': ['CloudWatch Alarm State Change'],
      detail: {
        state: { value: ['ALARM', 'OK'] },
        configuration: {
          metrics: {
            metricStat: {
              metric: {
                namespace: ['AWS/ApplicationELB', 'AWS/NetworkELB', 'AWS/GatewayELB'],
                name: ['UnHealthyHostCount'],
                dimensions: { TargetGroup: [{ prefix: 'targetgroup/' }] },
              },
            },
          },
        },
      },
    },
  },
  'unhealthy-hosts-contributor': {
    bus: 'default',
    target: 'audit-target-health',
    pattern: {
      source: ['aws.cloudwatch'],
      'detail-type': ['CloudWatch Alarm Contributor State Change'],
      detail: { alarmContributor: { attributes: { TargetGroup: [{ prefix: 'targetgroup/' }] } } },
    },
  },
  'ecs-task-stopped': {
    bus: 'default',
    target: 'audit-ecs-task',
    pattern: {
      source: ['aws.ecs'],
      'detail-type': ['ECS Task State Change'],
      detail: {
        lastStatus: ['STOPPED'],
        // Scaling in and deployments stop tasks too, with another reason.
        $or: [
          { stopCode: ['TaskFailedToStart', 'EssentialContainerExited'] },
          { stopCode: ['ServiceSchedulerInitiated'], stoppedReason: [{ prefix: 'Task failed' }] },
        ],
      },
    },
  },
  'ecs-service-action': {
    bus: 'default',
    target: 'audit-ecs-task',
    pattern: {
      source: ['aws.ecs'],
      'detail-type': ['ECS Service Action'],
      detail: {
        eventName: [
          'SERVICE_TASK_START_IMPAIRED',
          'SERVICE_TASK_PLACEMENT_FAILURE',
          'SERVICE_TASK_CONFIGURATION_FAILURE',
          'SERVICE_DISCOVERY_INSTANCE_UNHEALTHY',
          // What was wrong is over.
          'SERVICE_STEADY_STATE',
        ],
      },
    },
  },
  'ecs-deployment': {
    bus: 'default',
    target: 'audit-ecs-task',
    pattern: {
      source: ['aws.ecs'],
      'detail-type': ['ECS Deployment State Change'],
      detail: { eventName: ['SERVICE_DEPLOYMENT_FAILED', 'SERVICE_DEPLOYMENT_COMPLETED'] },
    },
  },
  'network-change': changes('aws.ec2', 'ec2.amazonaws.com'),
  'load-balancer-change': changes('aws.elasticloadbalancing', 'elasticloadbalancing.amazonaws.com'),
  'service-change': changes('aws.ecs', 'ecs.amazonaws.com'),
  'role-change': changes('aws.iam', 'iam.amazonaws.com'),
} as const

const rules: readonly (readonly [string, EventRule])[] = Object.entries(eventRules)

/** What members send on to the bus of their hub: all that AWS itself tells. */
export const forwardedRules = rules.filter(([, { bus }]) => bus === 'default')

/**
 * Target -> what the hub takes for it of what members send on. They have chosen already, by the very same patterns.
 * @param accounts the members'
 */
export function memberPatterns(accounts: readonly string[]) {
  const all = (target: string, field: 'source' | 'detail-type') => [
    ...new Set(forwardedRules.flatMap(([, rule]) => (rule.target === target ? rule.pattern[field] : []))),
  ]
  const targets = new Set(forwardedRules.map(([, { target }]) => target))
  return Object.fromEntries(
    [...targets].map((target) => [
      target,
      { account: accounts, source: all(target, 'source'), 'detail-type': all(target, 'detail-type') },
    ]),
  )
}

/** One rule for each service: a pattern has at most 2,048 characters. Calls that AWS refused changed nothing. */
function changes(source: string, eventSource: keyof typeof configurationCalls) {
  return {
    bus: 'default',
    target: 'audit-config-change',
    pattern: {
      source: [source],
      'detail-type': ['AWS API Call via CloudTrail'],
      detail: {
        eventSource: [eventSource],
        eventName: Object.keys(configurationCalls[eventSource]),
        errorCode: [{ exists: false }],
      },
    },
  } as const
}
