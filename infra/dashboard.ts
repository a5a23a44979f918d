/**
 * The dashboard, as data: `<...>` names a queue or function of the deployment.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
import { type FunctionName, type FunctionSpec, functions, resourceName } from './functions.ts'

type Metric = readonly [namespace: string, name: string, dimension: string, value: string]

interface Graph {
  readonly title: string
  readonly statistic: 'Average' | 'Maximum' | 'Sum' | 'p99'
  readonly metrics: readonly Metric[]
}

const own = (service: FunctionName, ...names: readonly string[]): readonly Metric[] =>
  names.map((name) => ['HealthCheckAuditor', name, 'service', service])

const entries: readonly (readonly [string, FunctionSpec])[] = Object.entries(functions)
const ids = entries.map(([name]) => resourceName(name))
const idsOf = (kind: FunctionSpec['trigger']['kind']) =>
  entries.flatMap(([name, { trigger }]) => (trigger.kind === kind ? [resourceName(name)] : []))

const ofFunctions = (metric: string): readonly Metric[] =>
  ids.map((id) => ['AWS/Lambda', metric, 'FunctionName', `<${id}FunctionName>`])
const ofQueues = (metric: string, names: readonly string[]): readonly Metric[] =>
  names.map((name) => ['AWS/SQS', metric, 'QueueName', `<${name}Name>`])

const audits = entries.flatMap(([name, { trigger }]) => (trigger.kind === 'queue' ? [name] : []))
const ofAudits = (...names: readonly string[]): readonly Metric[] =>
  names.flatMap((name) => audits.map((service): Metric => ['HealthCheckAuditor', name, 'service', service]))

const deadLetterQueues = [...idsOf('queue'), ...idsOf('stream')].map((id) => `${id}DeadLetters`)
const eventQueues = idsOf('queue').map((id) => `${id}Queue`)

const rows: readonly (readonly Graph[])[] = [
  [
    {
      title: 'Age of the oldest answer about a target, seconds',
      statistic: 'Maximum',
      metrics: own('watch-target-health', 'OldestAnswerAge'),
    },
    {
      title: 'Asked of Elastic Load Balancing, and changes seen',
      statistic: 'Sum',
      metrics: own('watch-target-health', 'TargetGroupsAsked', 'Events', 'WatchFailures'),
    },
    {
      title: 'Audits, and changes of findings',
      statistic: 'Sum',
      metrics: ofAudits('Events', 'Audits', 'FindingChanges'),
    },
  ],
  [
    {
      title: 'An audit takes, milliseconds (p99)',
      statistic: 'p99',
      metrics: ofAudits('AuditDuration'),
    },
    {
      title: 'Not decided for lack of data, percent',
      statistic: 'Average',
      metrics: ofAudits('UnknownShare'),
    },
    {
      title: 'Told, and not told',
      statistic: 'Sum',
      metrics: own('notify-finding', 'NotificationsSent', 'NotificationsFailed'),
    },
  ],
  [
    {
      title: 'Swept subjects, and changes of findings',
      statistic: 'Sum',
      metrics: own('sweep-region', 'Sweeps', 'SubjectsSwept', 'FindingChanges'),
    },
    {
      title: 'A sweep of a Region takes, milliseconds',
      statistic: 'Maximum',
      metrics: own('sweep-region', 'SweepDuration'),
    },
    {
      title: 'Who changed it: told, and CloudTrail did not answer',
      statistic: 'Sum',
      metrics: ofAudits('Attributed', 'AttributionFailures'),
    },
  ],
  [
    {
      title: 'Events wait, seconds',
      statistic: 'Maximum',
      metrics: ofQueues('ApproximateAgeOfOldestMessage', eventQueues),
    },
    {
      title: 'Dead letters',
      statistic: 'Maximum',
      metrics: ofQueues('ApproximateNumberOfMessagesVisible', ['UndeliveredEvents', ...deadLetterQueues]),
    },
    {
      title: 'Functions that fail or are throttled',
      statistic: 'Sum',
      metrics: [...ofFunctions('Errors'), ...ofFunctions('Throttles')],
    },
  ],
]

const WIDTH = 8
const HEIGHT = 6

export const dashboardBody = (): string =>
  JSON.stringify({
    widgets: rows.flatMap((graphs, row) =>
      graphs.map(({ title, statistic, metrics }, column) => ({
        type: 'metric',
        x: column * WIDTH,
        y: row * HEIGHT,
        width: WIDTH,
        height: HEIGHT,
        properties: { title, stat: statistic, period: 60, region: '<AWS::Region>', metrics },
      })),
    ),
  })
