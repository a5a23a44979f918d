/**
 * The whole system on this machine: the functions as they run in Lambda, with embedded parts around them.
 * What is recorded takes the place of AWS's answers; everything else is what is deployed.
 */
import { randomUUID } from 'node:crypto'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { createHandler as auditConfigChange } from '../../functions/audit-config-change.ts'
import { createHandler as auditEcsTask } from '../../functions/audit-ecs-task.ts'
import { createHandler as auditTargetHealth } from '../../functions/audit-target-health.ts'
import { createHandler as notifyFinding } from '../../functions/notify-finding.ts'
import { createHandler as queryFindings } from '../../functions/query-findings.ts'
import { createHandler as watchTargetHealth } from '../../functions/watch-target-health.ts'
import type { Site } from '../../shared/api/site.ts'
import { audit as engine, objectsOf } from '../../shared/audit.ts'
import type { AuditPorts } from '../../shared/auditing/audit-subject.ts'
import { parseTrigger } from '../../shared/events/index.ts'
import { lastChange } from '../../shared/events/last-change.ts'
import { tableOf } from '../../shared/findings/connect.ts'
import { dynamodbDeliveryLog } from '../../shared/findings/dynamodb-delivery-log.ts'
import { dynamodbHandledEvents, dynamodbKnownHealth } from '../../shared/findings/dynamodb-events.ts'
import { dynamodbPathObjects } from '../../shared/findings/dynamodb-path-objects.ts'
import { dynamodbStore } from '../../shared/findings/dynamodb-store.ts'
import type { ItemTable } from '../../shared/findings/item-table.ts'
import { findingKey } from '../../shared/findings/keys.ts'
import type { ObjectStore } from '../../shared/findings/object-store.ts'
import { openSubjectsIn } from '../../shared/findings/open-subjects.ts'
import type { FindingStore } from '../../shared/findings/store.ts'
import { InputError } from '../../shared/input-error.ts'
import type { Channel } from '../../shared/notifications/channel.ts'
import type { Snapshot } from '../../shared/snapshot/types.ts'
import type { ApiFunction } from './api-server.ts'
import { localBus, type RuleTarget } from './bus.ts'
import { contextOf } from './context.ts'
import { type Database, ensureTable, LOCAL_TABLE, localClientConfig } from './database.ts'
import type { Incident } from './incidents.ts'
import { type LocalQueue, localQueue, type QueueOptions } from './queue.ts'
import { explainRecorded } from './recorded-explain.ts'
import { recordedHealth } from './recorded-health.ts'
import { type LocalStream, localStream } from './stream.ts'

export interface LocalSystem {
  readonly store: FindingStore
  /** Resolves when all that follows from the incident has happened. */
  readonly replay: (incident: Incident) => Promise<void>
  /** Tells what an earlier run wrote and did not come to tell. */
  readonly catchUp: () => Promise<void>
  /** Answers questions about what was found, and about the paths of the incidents that were replayed. */
  readonly api: ApiFunction
  readonly close: () => void
}

export interface LocalOptions {
  readonly database: Database
  /** Where large findings are whole. */
  readonly objects?: ObjectStore
  readonly channels: readonly Channel[]
  /** The findings page. @default none */
  readonly site?: Site | undefined
  /** @default the engine */
  readonly audit?: typeof engine
  /** Something went wrong that in AWS would raise an alarm. */
  readonly onProblem: (problem: string) => void
}

export async function startSystem({
  database,
  objects,
  channels,
  site,
  audit = engine,
  onProblem,
}: LocalOptions): Promise<LocalSystem> {
  const client = new DynamoDBClient(localClientConfig(database.endpoint))
  await ensureTable(client)
  const now = () => new Date()
  let recorded: readonly Snapshot[] = []
  const snapshot = (): Snapshot => {
    const [newest] = recorded
    if (!newest) throw new Error('no incident is being replayed')
    return newest
  }

  const table = tableOf(client, LOCAL_TABLE)
  const store = dynamodbStore(table, { now, objects, onProblem: ({ message }) => onProblem(message) })
  const notify = notifyFinding({ channels, log: dynamodbDeliveryLog(table), now, newId: randomUUID })
  const stream = localStream(client, {
    invoke: notify,
    context: contextOf('notify-finding'),
    onGivenUp: (count) => onProblem(`notify-finding gave up on ${count} changes`),
  })
  const ports: AuditPorts = {
    collect: async () => snapshot(),
    audit,
    objectsOf,
    store,
    pathObjects: dynamodbPathObjects(table, now),
    lastChange: async (object, before) => lastChange(recordedChanges(snapshot()), object, before),
    handled: dynamodbHandledEvents(table, now),
    now,
  }
  const queues = {
    'audit-target-health': auditQueue('audit-target-health', auditTargetHealth(ports), onProblem),
    'audit-ecs-task': auditQueue('audit-ecs-task', auditEcsTask(ports), onProblem),
    'audit-config-change': auditQueue('audit-config-change', auditConfigChange(ports), onProblem),
  } as const satisfies Record<RuleTarget, LocalQueue>
  const bus = localBus((target, event) => queues[target].send(JSON.stringify(event)))
  const watch = watchTargetHealth(() => ({
    source: recordedHealth(snapshot),
    known: dynamodbKnownHealth(table, now),
    openSubjects: openSubjectsIn(store),
    bus,
    now: () => new Date(snapshot().collectedAt),
    wait: async () => {},
  }))
  const query = queryFindings(
    { store, explain: async (query, place) => explainRecorded(recorded, query, place), now },
    { site },
  )

  return {
    store,
    async api(event) {
      const answer = await query(event, contextOf('query-findings'))
      await stream.drain()
      return answer
    },
    async replay({ name, snapshot: of, event }) {
      recorded = [of, ...recorded]
      if (parseTrigger(event).kind === 'schedule') await watch(event, contextOf('watch-target-health'))
      else if (bus.put(event) === 0) throw new InputError(`samples ${name}: no rule takes its event`)
      for (const queue of Object.values(queues)) await queue.drain()
      await stream.drain()
    },
    async catchUp() {
      await pushAll(table, store, stream)
      await stream.drain()
    },
    close: () => client.destroy(),
  }
}

const auditQueue = (
  name: string,
  invoke: QueueOptions['invoke'],
  onProblem: LocalOptions['onProblem'],
): LocalQueue =>
  localQueue({
    name,
    invoke,
    context: contextOf(name),
    onDeadLetter: (body) => onProblem(`${name} gave up on the event ${body.slice(0, 200)}`),
  })

const recordedChanges = ({ scopes }: Snapshot) =>
  scopes.flatMap(({ responses }) => responses['cloudtrail:LookupEvents']?.Events ?? [])

async function pushAll(table: ItemTable, store: FindingStore, stream: LocalStream): Promise<void> {
  let cursor: string | undefined
  do {
    const page = await store.list({}, { limit: 100, ...(cursor !== undefined && { cursor }) })
    for (const { subjectArn, id } of page.items) {
      const item = await table.get(findingKey(subjectArn, id))
      if (item) stream.push(item)
    }
    cursor = page.cursor
  } while (cursor !== undefined)
}
