/** A rule's or EventBridge Scheduler's tick. */
import { type EventKind, isoMoment, origin } from './envelope.ts'

export const scheduledEvent: EventKind = {
  source: 'aws.events',
  detailType: 'Scheduled Event',
  parse: (envelope) => ({
    ...origin(envelope),
    kind: 'schedule',
    key: `schedule#${envelope.resources[0] ?? envelope.account}#${isoMoment(envelope.time)}`,
    observedAt: isoMoment(envelope.time),
  }),
}
