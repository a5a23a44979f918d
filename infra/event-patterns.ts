/**
 * The EventBridge rules: which events reach which function. The deployment makes rules of them, and the local
 * bus matches with the very same patterns.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */

/** AWS's own events arrive on the account's default bus, ours on a bus of our own. */
export type BusName = 'default' | 'own'

export const eventRules = {
  'target-health-changed': {
    bus: 'own',
    target: 'audit-target-health',
    pattern: { source: ['health-check-auditor'], 'detail-type': ['Target Health Changed'] },
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
} as const
