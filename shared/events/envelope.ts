/**
 * The EventBridge envelope, common to all events.
 * https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
 */
import * as z from 'zod'
import { InputError } from '../input-error.ts'
import type { Trigger } from './trigger.ts'

export const envelopeSchema = z.object({
  id: z.string().min(1),
  source: z.string(),
  'detail-type': z.string(),
  account: z.string().regex(/^\d{12}$/, 'not a 12-digit account id'),
  region: z.string().min(1),
  time: z.iso.datetime({ offset: true }),
  resources: z.array(z.string()).default([]),
  'replay-name': z.string().optional(),
  detail: z.unknown(),
})

export type Envelope = z.infer<typeof envelopeSchema>

/** One kind of event that we understand. */
export interface EventKind {
  readonly source: string | RegExp
  readonly detailType: string
  /** @throws ZodError when the detail has another shape, InputError when it says nothing we can use */
  readonly parse: (envelope: Envelope) => Trigger
}

/** The part of a trigger that every kind takes from the envelope in the same way. */
export const origin = (envelope: Envelope) => ({
  accountId: envelope.account,
  region: envelope.region,
  replayed: envelope['replay-name'] !== undefined,
})

/** A moment in the one form that sorts as text: UTC with milliseconds. */
export function isoMoment(text: string): string {
  const moment = new Date(text)
  if (Number.isNaN(moment.getTime()))
    throw new InputError(
      `event: ${JSON.stringify(text)} is no moment; expected one as in 2026-11-20T03:12:30Z`,
    )
  return moment.toISOString()
}
