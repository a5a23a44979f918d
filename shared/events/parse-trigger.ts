/** An EventBridge event, parsed to what it means for us. */
import * as z from 'zod'
import { InputError } from '../input-error.ts'
import { alarmContributorStateChange, alarmStateChange } from './alarm.ts'
import { configurationChange } from './configuration-change.ts'
import { ecsDeploymentStateChange, ecsServiceAction } from './ecs-service.ts'
import { ecsTaskStateChange } from './ecs-task.ts'
import { type Envelope, type EventKind, envelopeSchema } from './envelope.ts'
import { findingStillOpen } from './finding-still-open.ts'
import { scheduledEvent } from './schedule.ts'
import { targetHealthChanged } from './target-health-changed.ts'
import type { Trigger } from './trigger.ts'

const eventKinds: readonly EventKind[] = [
  targetHealthChanged,
  findingStillOpen,
  alarmStateChange,
  alarmContributorStateChange,
  scheduledEvent,
  ecsTaskStateChange,
  ecsServiceAction,
  ecsDeploymentStateChange,
  configurationChange,
]

/** @throws InputError, one line: what was given and which kinds are allowed, or which field is broken */
export function parseTrigger(json: unknown): Trigger {
  const envelope = parseEnvelope(json)
  const kind = eventKinds.find(
    ({ source, detailType }) => isFrom(source, envelope.source) && detailType === envelope['detail-type'],
  )
  if (!kind)
    throw new InputError(
      `event ${nameOf(envelope.source, envelope['detail-type'])}: not a kind that is audited (${allowed})`,
    )
  try {
    return kind.parse(envelope)
  } catch (error) {
    throw error instanceof z.ZodError
      ? new InputError(`event ${nameOf(envelope.source, kind.detailType)}: ${firstIssue(error, 'detail')}`)
      : error
  }
}

function parseEnvelope(json: unknown): Envelope {
  const result = envelopeSchema.safeParse(json)
  if (result.success) return result.data
  throw new InputError(`not an EventBridge event: ${firstIssue(result.error)} (allowed: ${allowed})`)
}

const isFrom = (source: string | RegExp, given: string): boolean =>
  typeof source === 'string' ? source === given : source.test(given)

const nameOf = (source: string, detailType: string) => `${JSON.stringify(detailType)} from ${source}`

const allowed = eventKinds
  .map(({ source, detailType }) => nameOf(typeof source === 'string' ? source : 'a service', detailType))
  .join(', ')

function firstIssue(error: z.ZodError, root?: string): string {
  const issue = error.issues[0]
  const path = [...(root === undefined ? [] : [root]), ...(issue?.path ?? [])].join('.')
  return path === '' ? (issue?.message ?? 'invalid') : `${path}: ${issue?.message ?? 'invalid'}`
}
