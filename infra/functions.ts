/**
 * Every Lambda function: what invokes it, what it is told by its environment, what it may do, what it may cost. A new
 * function is its file in functions/, an entry here, and its part of template.yaml; the tests say what is missing.
 */
import {
  type Access,
  askTargetHealth,
  assumeMemberRole,
  emitEvents,
  publishMessages,
  queryIndexes,
  readItems,
  readObjects,
  readSlackSecret,
  writeItems,
  writeObjects,
} from './access.ts'

type Trigger =
  /** Every minute, or as the deployment says. */
  | { readonly kind: 'schedule' }
  /** The rules of event-patterns.ts that have this function as target, by way of its queue. */
  | { readonly kind: 'queue' }
  /** The findings table's stream: changes of findings only. */
  | { readonly kind: 'stream' }
  /** The state machines of state-machines.ts, which pass it an account and Region. */
  | { readonly kind: 'state-machine' }
  /** Requests to the HTTP APIs: signed with AWS credentials, or with a token of the page's login. */
  | { readonly kind: 'http' }

/** Environment variables; the deployment knows their values. One without a value is left out. */
export type Setting =
  | 'FINDINGS_TABLE'
  | 'FINDINGS_BUCKET'
  | 'EVENT_BUS'
  | 'HISTORY_DAYS'
  | 'ACCOUNT_ID'
  | 'PARTITION'
  | 'MEMBER_ROLE'
  | 'MEMBER_EXTERNAL_ID'
  | 'MEMBER_PLACES'
  | 'SNS_TOPIC_ARN'
  | 'AMAZON_Q_TOPIC_ARN'
  | 'SLACK_SECRET_ID'
  | 'FINDINGS_URL'
  | 'LOGIN_ISSUER'
  | 'LOGIN_CLIENT_ID'
  | 'LOGIN_AUDIENCE'
  | 'LOGIN_SCOPES'
  | 'ALLOWED_ORIGIN'

export interface FunctionSpec {
  readonly description: string
  readonly trigger: Trigger
  readonly settings: readonly Setting[]
  readonly access: readonly Access[]
  /** Asks AWS how things are configured: gets the policy `collect`, which all such functions share. */
  readonly collects: boolean
  readonly memoryMegabytes: number
  readonly timeoutSeconds: number
  /** What a cold start may load, kilobytes of minified code: `npm run size`. */
  readonly kilobytesAtStart: number
}

/** shared/places-settings.ts: in which accounts it can ask, and as whom. */
const places = ['ACCOUNT_ID', 'PARTITION', 'MEMBER_ROLE', 'MEMBER_EXTERNAL_ID'] as const

/** What every audit behind a queue has in common: shared/auditing/audit-handler.ts. */
const audit = {
  trigger: { kind: 'queue' },
  settings: ['FINDINGS_TABLE', 'FINDINGS_BUCKET', 'HISTORY_DAYS', ...places],
  access: [readItems, writeItems, queryIndexes, ...readObjects, writeObjects, assumeMemberRole],
  collects: true,
  memoryMegabytes: 1024,
  timeoutSeconds: 120,
  kilobytesAtStart: 1800,
} as const satisfies Omit<FunctionSpec, 'description'>

export const functions = {
  'watch-target-health': {
    description: 'Asks Elastic Load Balancing how targets are, and tells our own bus what changed',
    trigger: { kind: 'schedule' },
    settings: ['FINDINGS_TABLE', 'EVENT_BUS', ...places],
    access: [askTargetHealth, readItems, writeItems, queryIndexes, emitEvents, assumeMemberRole],
    collects: false,
    // It waits most of the time.
    memoryMegabytes: 256,
    // It stops asking after 45 seconds, and must have ended when the next run begins.
    timeoutSeconds: 58,
    kilobytesAtStart: 500,
  },
  'audit-target-health': { description: 'Finds out why targets are unhealthy, and records it', ...audit },
  'audit-ecs-task': { description: 'Finds out why tasks stop or do not start, and records it', ...audit },
  'audit-config-change': {
    description: 'Finds out what a change of configuration broke, and records it',
    ...audit,
  },
  'sweep-region': {
    description: 'Audits everything in a Region of an account, and records it',
    trigger: { kind: 'state-machine' },
    settings: ['FINDINGS_TABLE', 'FINDINGS_BUCKET', 'HISTORY_DAYS', ...places],
    access: [readItems, writeItems, queryIndexes, ...readObjects, writeObjects, assumeMemberRole],
    collects: true,
    // A snapshot of a large Region, and all paths in it.
    memoryMegabytes: 3008,
    // The longest that Lambda has.
    timeoutSeconds: 900,
    kilobytesAtStart: 1800,
  },
  'notify-finding': {
    description: 'Tells people what changed about a finding, once',
    trigger: { kind: 'stream' },
    settings: ['FINDINGS_TABLE', 'SNS_TOPIC_ARN', 'AMAZON_Q_TOPIC_ARN', 'SLACK_SECRET_ID', 'FINDINGS_URL'],
    access: [readItems, writeItems, publishMessages, readSlackSecret],
    collects: false,
    memoryMegabytes: 512,
    // Shorter than the lease that a run holds on a delivery (60 s): two runs never tell the same.
    timeoutSeconds: 50,
    kilobytesAtStart: 500,
  },
  'query-findings': {
    description: 'Answers what was found, and whether X can reach Y',
    trigger: { kind: 'http' },
    settings: [
      'FINDINGS_TABLE',
      'ALLOWED_ORIGIN',
      'LOGIN_ISSUER',
      'LOGIN_CLIENT_ID',
      'LOGIN_AUDIENCE',
      'LOGIN_SCOPES',
      ...places,
      'MEMBER_PLACES',
    ],
    access: [readItems, writeItems, queryIndexes, ...readObjects, assumeMemberRole],
    collects: true,
    memoryMegabytes: 1024,
    // API Gateway waits for 30 seconds.
    timeoutSeconds: 29,
    kilobytesAtStart: 600,
  },
} as const satisfies Readonly<Record<string, FunctionSpec>>

export type FunctionName = keyof typeof functions

/** `audit-target-health` -> `AuditTargetHealth`: the beginning of the names of all that belongs to it. */
export const resourceName = (name: string): string =>
  name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
