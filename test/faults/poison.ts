/** What no function can use, in the queue where it would arrive, and the reason that must be told for it. */
import type { RuleTarget } from '../../cli/local/bus.ts'

export interface Poison {
  readonly queue: RuleTarget
  readonly body: string
  readonly reason: RegExp
}

const envelope = {
  id: 'poison',
  account: '100000000000',
  region: 'ap-northeast-1',
  time: '2026-11-20T03:00:00Z',
  resources: [],
}
const ecs = { ...envelope, source: 'aws.ecs' }
const cloudTrail = { ...envelope, source: 'aws.ec2', 'detail-type': 'AWS API Call via CloudTrail' }
const stopped = { ...ecs, 'detail-type': 'ECS Task State Change' }

const poison = (queue: RuleTarget, body: unknown, reason: RegExp): Poison => ({
  queue,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  reason,
})

/** As large as a message may be. */
const HUGE = 'x'.repeat(250 * 1024)
const deep = '['.repeat(5_000) + ']'.repeat(5_000)

export const poisons = [
  poison('audit-target-health', 'not JSON', /JSON/),
  poison('audit-target-health', '', /JSON/),
  poison('audit-ecs-task', '{"id":"cut o', /JSON/),
  poison('audit-ecs-task', 'null', /not an EventBridge event/),
  poison('audit-config-change', '[]', /not an EventBridge event/),
  poison('audit-config-change', deep, /not an EventBridge event/),
  poison('audit-config-change', HUGE, /JSON/),
  poison('audit-config-change', { ...cloudTrail, detail: { eventID: HUGE } }, /detail.eventName/),
  poison('audit-ecs-task', { ...stopped, detail: null }, /detail/),
  poison('audit-ecs-task', { ...stopped, detail: { taskArn: 'not an ARN' } }, /detail.taskArn/),
  poison('audit-ecs-task', { ...stopped, account: '12' }, /12-digit/),
  poison(
    'audit-ecs-task',
    { ...ecs, 'detail-type': 'ECS Container Instance State Change', detail: {} },
    /not a kind/,
  ),
  poison(
    'audit-ecs-task',
    { ...ecs, 'detail-type': 'ECS Service Action', detail: { eventName: 'X' } },
    /no ECS service/,
  ),
  poison('audit-target-health', { ...cloudTrail, detail: {} }, /detail.eventID/),
  poison(
    'audit-target-health',
    { ...envelope, source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} },
    /trigger schedule/,
  ),
  poison(
    'audit-target-health',
    {
      ...envelope,
      source: 'aws.cloudwatch',
      'detail-type': 'CloudWatch Alarm State Change',
      detail: {
        alarmName: 'cpu',
        state: { value: 'ALARM', timestamp: '2026-11-20T03:00:00Z' },
        configuration: {},
      },
    },
    /names no target group/,
  ),
  poison(
    'audit-config-change',
    { ...cloudTrail, detail: { eventID: 'e', eventName: 'n', eventSource: 's', eventTime: 'yesterday' } },
    /"yesterday" is no moment/,
  ),
] as const satisfies readonly Poison[]
