/** The event buses in this process: they match with the very rules that are deployed. */
import { randomUUID } from 'node:crypto'
import { type BusName, eventRules } from '../../infra/event-patterns.ts'
import { FINDING_STILL_OPEN } from '../../shared/events/finding-still-open.ts'
import { TARGET_HEALTH_CHANGED, TARGET_HEALTH_SOURCE } from '../../shared/events/target-health-changed.ts'
import type { WatchBus, WatchDetail } from '../../shared/events/watch.ts'
import { matchesPattern } from './event-pattern.ts'

/** Functions that a rule sends events to. */
export type RuleTarget = (typeof eventRules)[keyof typeof eventRules]['target']

export interface LocalBus extends WatchBus {
  /** @returns how many rules took the event; as in AWS, an event that no rule takes is lost */
  readonly put: (event: unknown) => number
}

export function localBus(send: (target: RuleTarget, event: unknown) => void): LocalBus {
  const put = (event: unknown) => {
    const taking = Object.values(eventRules).filter(
      ({ bus, pattern }) => bus === busOf(event) && matchesPattern(pattern, event),
    )
    for (const { target } of taking) send(target, event)
    return taking.length
  }
  return {
    put,
    async publish(events) {
      for (const event of events) put(envelopeOf(event))
      return []
    },
  }
}

const busOf = (event: unknown): BusName =>
  (event as { readonly source?: unknown }).source === TARGET_HEALTH_SOURCE ? 'own' : 'default'

const envelopeOf = (detail: WatchDetail) => ({
  version: '0',
  id: randomUUID(),
  source: TARGET_HEALTH_SOURCE,
  'detail-type': 'targetGroupArn' in detail ? TARGET_HEALTH_CHANGED : FINDING_STILL_OPEN,
  account: detail.account,
  region: detail.region,
  time: detail.observedAt,
  resources: ['targetGroupArn' in detail ? detail.targetGroupArn : detail.subjectArn],
  detail,
})
