/** Our own bus on EventBridge. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html */
import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge'
import { FINDING_STILL_OPEN } from './finding-still-open.ts'
import { TARGET_HEALTH_CHANGED, TARGET_HEALTH_SOURCE } from './target-health-changed.ts'
import type { WatchBus, WatchDetail } from './watch.ts'

/** PutEvents: at most 10 entries. */
const MAX_ENTRIES = 10
/** PutEvents: a request of less than 256 KB (the user guide of 2026 says 1 MB, the API model still 256 KB). */
const MAX_BYTES = 250 * 1024

interface Entry {
  readonly event: WatchDetail
  readonly request: PutEventsRequestEntry
}

export const eventBridgeBus = (client: EventBridgeClient, busName: string): WatchBus => ({
  async publish(events) {
    const refused: WatchDetail[] = []
    for (const batch of batches(events.map((event) => ({ event, request: entryOf(event, busName) })))) {
      const { Entries = [] } = await client.send(
        new PutEventsCommand({ Entries: batch.map(({ request }) => request) }),
      )
      refused.push(
        ...batch.flatMap(({ event }, index) => (Entries[index]?.EventId === undefined ? [event] : [])),
      )
    }
    return refused
  },
})

const entryOf = (event: WatchDetail, EventBusName: string): PutEventsRequestEntry => ({
  EventBusName,
  Source: TARGET_HEALTH_SOURCE,
  ...headOf(event),
  Time: new Date(event.observedAt),
  Detail: JSON.stringify(event),
})

const headOf = (event: WatchDetail) =>
  'targetGroupArn' in event
    ? { DetailType: TARGET_HEALTH_CHANGED, Resources: [event.targetGroupArn] }
    : { DetailType: FINDING_STILL_OPEN, Resources: [event.subjectArn] }

/** As few requests as the two limits allow. */
function batches(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const all: Entry[][] = []
  let bytes = 0
  for (const entry of entries) {
    const size = Buffer.byteLength(JSON.stringify(entry.request))
    const current = all.at(-1)
    if (current && current.length < MAX_ENTRIES && bytes + size <= MAX_BYTES) {
      current.push(entry)
      bytes += size
    } else {
      all.push([entry])
      bytes = size
    }
  }
  return all
}
