/**
 * A change of configuration, as CloudTrail records it. Needs a trail with management events in the Region; delivery
 * is best effort and takes minutes.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
 */
import * as z from 'zod'
import { changedObjects } from './changed-objects.ts'
import { changedKinds } from './configuration-calls.ts'
import { type EventKind, isoMoment, origin } from './envelope.ts'

const recordSchema = z.object({
  eventID: z.string(),
  eventName: z.string(),
  eventSource: z.string(),
  eventTime: z.string(),
  sourceIPAddress: z.string().optional(),
  userAgent: z.string().optional(),
  errorCode: z.string().optional(),
  userIdentity: z
    .object({
      arn: z.string().optional(),
      userName: z.string().optional(),
      invokedBy: z.string().optional(),
      principalId: z.string().optional(),
      type: z.string().optional(),
    })
    .optional(),
  requestParameters: z.unknown().optional(),
  responseElements: z.unknown().optional(),
})

export type CloudTrailRecord = z.infer<typeof recordSchema>

export const configurationChange: EventKind = {
  /** Any of `configurationCalls`; the envelope's source names the service. */
  source: /^aws\.(ec2|elasticloadbalancing|ecs|iam)$/,
  detailType: 'AWS API Call via CloudTrail',
  parse(envelope) {
    const record = recordSchema.parse(envelope.detail)
    return {
      ...origin(envelope),
      kind: 'configuration-change',
      key: `cloudtrail#${record.eventID}`,
      observedAt: isoMoment(record.eventTime),
      change: changeOf(record),
      objects: objectsOf(record),
    }
  },
}

/** A call that AWS refused changed nothing. */
export function objectsOf({
  eventSource,
  eventName,
  errorCode,
  ...record
}: CloudTrailRecord): readonly string[] {
  const kinds = changedKinds(eventSource, eventName)
  if (kinds === undefined || errorCode !== undefined) return []
  return changedObjects(kinds, [record.requestParameters, record.responseElements])
}

/** Who did what, from a record as the event bus or LookupEvents hands it on. */
export const changeOf = ({ eventID, eventName, eventTime, userIdentity, ...record }: CloudTrailRecord) => ({
  eventId: eventID,
  eventName,
  at: isoMoment(eventTime),
  by:
    userIdentity?.arn ??
    userIdentity?.userName ??
    userIdentity?.invokedBy ??
    userIdentity?.principalId ??
    userIdentity?.type ??
    'not told',
  ...(record.sourceIPAddress !== undefined && { sourceAddress: record.sourceIPAddress }),
  ...(record.userAgent !== undefined && { userAgent: record.userAgent }),
})

/** @returns undefined for text that is no record */
export function parseRecord(text: string): CloudTrailRecord | undefined {
  try {
    return recordSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
