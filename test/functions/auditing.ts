/** An audit function with the real engine and an embedded table; what AWS would answer is a world that a test changes. */
import { audit, objectsOf } from '../../shared/audit.ts'
import type { AuditPorts } from '../../shared/auditing/audit-subject.ts'
import type { Change } from '../../shared/events/change.ts'
import { dynamodbHandledEvents } from '../../shared/findings/dynamodb-events.ts'
import { dynamodbPathObjects } from '../../shared/findings/dynamodb-path-objects.ts'
import { dynamodbStore } from '../../shared/findings/dynamodb-store.ts'
import type { ItemTable } from '../../shared/findings/item-table.ts'
import type { Selection } from '../../shared/selection.ts'
import { parseSnapshot } from '../../shared/snapshot/parse.ts'
import type { Place } from '../../shared/snapshot/types.ts'
import * as aws from '../fixtures/index.ts'

export interface Auditing {
  readonly ports: AuditPorts
  /** Subjects that AWS was asked about, in order. */
  readonly asked: string[]
  /** Where it was asked. */
  readonly places: Place[]
  /** What CloudTrail was asked about, in order. */
  readonly lookedUp: string[]
  /** Minutes go by. */
  readonly later: (minutes: number) => void
}

export interface AuditingOptions {
  readonly fails?: (selection: Selection) => Error | undefined
  readonly lastChange?: (object: string) => Change | undefined
}

export function auditing(table: ItemTable, world: aws.World, options: AuditingOptions = {}): Auditing {
  const asked: string[] = []
  const places: Place[] = []
  const lookedUp: string[] = []
  let minutes = 0
  const now = () => new Date(Date.parse('2026-11-20T03:13:00Z') + minutes * 60_000)
  const ports: AuditPorts = {
    async collect(selection, place) {
      places.push(place)
      asked.push(...selection.targetGroups, ...selection.services, ...selection.tasks)
      const error = options.fails?.(selection)
      if (error) throw error
      return { ...parseSnapshot(aws.jsonOf(world)), collectedAt: now().toISOString() }
    },
    audit,
    objectsOf,
    store: dynamodbStore(table, { now }),
    pathObjects: dynamodbPathObjects(table, now),
    async lastChange(object) {
      lookedUp.push(object)
      return options.lastChange?.(object)
    },
    handled: dynamodbHandledEvents(table, now),
    now,
  }
  return {
    ports,
    asked,
    places,
    lookedUp,
    later(more) {
      minutes += more
    },
  }
}
