/**
 * CloudWatch alarms on UnHealthyHostCount, whole or per contributor.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
import * as z from 'zod'
import { InputError } from '../input-error.ts'
import { type Envelope, type EventKind, isoMoment, origin } from './envelope.ts'
import type { AlarmTrigger } from './trigger.ts'

const METRIC = 'UnHealthyHostCount'
const NAMESPACES: readonly string[] = ['AWS/ApplicationELB', 'AWS/NetworkELB', 'AWS/GatewayELB']

const state = z.object({ value: z.string(), timestamp: z.string() })

const metricSchema = z.object({
  /** In a monitoring account: where the metric comes from. */
  accountId: z.string().optional(),
  metricStat: z
    .object({
      metric: z.object({
        namespace: z.string(),
        name: z.string(),
        dimensions: z.record(z.string(), z.string()).default({}),
      }),
    })
    .optional(),
})

const alarmSchema = z.object({
  alarmName: z.string(),
  state,
  configuration: z.object({ metrics: z.array(metricSchema).default([]) }),
})

const contributorSchema = z.object({
  alarmName: z.string(),
  state,
  alarmContributor: z.object({ id: z.string(), attributes: z.record(z.string(), z.string()) }),
})

export const alarmStateChange: EventKind = {
  source: 'aws.cloudwatch',
  detailType: 'CloudWatch Alarm State Change',
  parse(envelope) {
    const detail = alarmSchema.parse(envelope.detail)
    const groups = detail.configuration.metrics.flatMap(({ accountId, metricStat }) => {
      const { namespace = '', name, dimensions } = metricStat?.metric ?? {}
      const group = dimensions?.TargetGroup
      if (name !== METRIC || !NAMESPACES.includes(namespace) || group === undefined) return []
      return [targetGroupArn(envelope, group, accountId)]
    })
    return alarmTrigger(envelope, detail, groups, '')
  },
}

export const alarmContributorStateChange: EventKind = {
  source: 'aws.cloudwatch',
  detailType: 'CloudWatch Alarm Contributor State Change',
  parse(envelope) {
    const detail = contributorSchema.parse(envelope.detail)
    const { id, attributes } = detail.alarmContributor
    const group = attributes.TargetGroup
    return alarmTrigger(envelope, detail, group === undefined ? [] : [targetGroupArn(envelope, group)], id)
  },
}

interface AlarmDetail {
  readonly alarmName: string
  readonly state: { readonly value: string; readonly timestamp: string }
}

function alarmTrigger(
  envelope: Envelope,
  detail: AlarmDetail,
  groups: readonly string[],
  contributor: string,
): AlarmTrigger {
  if (groups.length === 0)
    throw new InputError(
      `alarm ${detail.alarmName} names no target group: only alarms on ${METRIC} (${NAMESPACES.join(', ')}) with the dimension TargetGroup are audited`,
    )
  const observedAt = isoMoment(detail.state.timestamp)
  const alarm = envelope.resources[0] ?? detail.alarmName
  return {
    ...origin(envelope),
    kind: 'alarm',
    key: `alarm#${alarm}#${observedAt}${contributor === '' ? '' : `#${contributor}`}`,
    observedAt,
    alarmName: detail.alarmName,
    state: detail.state.value,
    targetGroupArns: [...new Set(groups)],
  }
}

/** The dimension is the ARN's tail, `targetgroup/web/0123456789abcdef`, without account and Region. */
function targetGroupArn(envelope: Envelope, tail: string, accountId = envelope.account): string {
  if (!/^targetgroup\/[^/]+\/[0-9a-f]+$/.test(tail))
    throw new InputError(
      `alarm dimension TargetGroup ${JSON.stringify(tail)}: expected targetgroup/NAME/ID, as CloudWatch writes it`,
    )
  const partition = envelope.resources[0]?.split(':')[1] ?? 'aws'
  return `arn:${partition}:elasticloadbalancing:${envelope.region}:${accountId}:${tail}`
}
