/** What the analysis reads of CloudTrail. https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html */
import * as z from 'zod'
import { list, text, timestamp } from './common.ts'

/**
 * Somebody's call that changed something. The list is never complete (90 days, minutes late, asked by resource): an
 * event proves that something was done, none proves nothing.
 */
export const event = z.object({
  EventId: text,
  EventName: text,
  EventSource: text,
  EventTime: timestamp,
  /** `true` or `false`, as text. */
  ReadOnly: text,
  Username: text,
  Resources: list(z.object({ ResourceType: text, ResourceName: text })),
  /** The whole event as JSON text; values of environment variables in it are redacted. */
  CloudTrailEvent: text,
})
