/** The ports of the functions, on which everything may go wrong. */
import type { AuditPorts } from '../../shared/auditing/audit-subject.ts'
import type { WatchPorts } from '../../shared/events/watch.ts'
import { dynamodbDeliveryLog } from '../../shared/findings/dynamodb-delivery-log.ts'
import { dynamodbHandledEvents, dynamodbKnownHealth } from '../../shared/findings/dynamodb-events.ts'
import { dynamodbPathObjects } from '../../shared/findings/dynamodb-path-objects.ts'
import { dynamodbStore } from '../../shared/findings/dynamodb-store.ts'
import type { Item } from '../../shared/findings/item.ts'
import type { ItemTable } from '../../shared/findings/item-table.ts'
import type { ObjectStore } from '../../shared/findings/object-store.ts'
import { openSubjectsIn } from '../../shared/findings/open-subjects.ts'
import type { FindingStore } from '../../shared/findings/store.ts'
import type { DeliverPorts } from '../../shared/notifications/ports.ts'
import type { Operation } from '../../shared/snapshot/operations.ts'
import type { Clock } from './clock.ts'
import type { Dice } from './dice.ts'
import type { Life } from './lambda.ts'
import type { Market, Refusal, Shop } from './market.ts'
import type { MemoryObjects } from './memory-objects.ts'
import type { Audience } from './told.ts'

export interface Place {
  readonly clock: Clock
  readonly dice: Dice
  readonly market: Market
  readonly table: ItemTable
  readonly objects: MemoryObjects
  readonly audience: Audience
  readonly throttles: Map<string, number>
  readonly put: (event: unknown) => void
}

const REFUSABLE = [
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeRouteTables',
  'elasticloadbalancing:DescribeTargetHealth',
  'ecs:DescribeServices',
  'ecs:DescribeTasks',
] as const satisfies readonly Operation[]
/** Beside the times in which AWS denies. */
const REFUSED = 0.03

const throttled = (name: string) => Object.assign(new Error('Rate exceeded'), { name })

function counted({ throttles }: Place, what: string, error: Error): Error {
  throttles.set(what, (throttles.get(what) ?? 0) + 1)
  return error
}

const kindOfPut = ({ entity, leaseOwner }: Item) =>
  entity === 'delivery' ? (leaseOwner === undefined ? 'put settled' : 'put claim') : `put ${entity}`

const kindOfGet = (sk: string) => `get ${sk.split('#')[0]?.toLowerCase()}`

function fragileTable(place: Place, { act }: Life): ItemTable {
  const { table, dice } = place
  const refusal = () =>
    dice.refused('DynamoDB throttles')
      ? counted(place, 'DynamoDB', throttled('ProvisionedThroughputExceededException'))
      : undefined
  return {
    get: (key) =>
      act(kindOfGet(key.sk.startsWith('arn:') ? 'health' : key.sk), () => table.get(key), refusal),
    put: (item, condition) =>
      act(
        kindOfPut(item),
        async () => {
          const written = await table.put(item, condition)
          if (written && item.entity === 'delivery' && item.leaseOwner === undefined) settled(place, item)
          return written
        },
        refusal,
      ),
    query: (input) => act(`query ${input.IndexName ?? 'partition'}`, () => table.query(input), refusal),
  }
}

/** Between the sizes of what the shops have: some are large, and some become so. */
const MAX_ITEM_BYTES = 7000

function fragileObjects(place: Place, { act }: Life): ObjectStore {
  const { objects, dice } = place
  const refusal = () => {
    if (dice.refused('S3 denies')) return counted(place, 'S3 denied', throttled('AccessDenied'))
    return dice.refused('S3 throttles') ? counted(place, 'S3', throttled('SlowDown')) : undefined
  }
  return {
    bucket: objects.bucket,
    get: (at) => act('s3 get', () => objects.get(at), refusal),
    put: (key, body) => act('s3 put', () => objects.put(key, body), refusal),
    keep: (key) => act('s3 keep', () => objects.keep(key), refusal),
    release: (key) => act('s3 release', () => objects.release(key), refusal),
  }
}

const storeOn = (place: Place, life: Life): FindingStore =>
  dynamodbStore(fragileTable(place, life), {
    now: () => new Date(place.clock.now()),
    objects: fragileObjects(place, life),
    maxItemBytes: MAX_ITEM_BYTES,
  })

function settled({ audience }: Place, { sk, version }: Item): void {
  const [, findingId = '', channel = ''] = String(sk).split('#')
  audience.settled({ channel, findingId, version: Number(version) })
}

const refusedByAws = (place: Place) => () =>
  place.dice.refused('AWS throttles') ? counted(place, 'AWS', throttled('RequestLimitExceeded')) : undefined

export function auditPorts(place: Place, life: Life): AuditPorts {
  const { clock, dice, market } = place
  const table = fragileTable(place, life)
  const now = () => new Date(clock.now())
  return {
    async collect(selection) {
      const collectedAt = clock.iso()
      const refused: Refusal | undefined =
        dice.chance(REFUSED) || dice.refused('AWS denies')
          ? {
              operation: dice.random.pick(REFUSABLE),
              name: dice.chance(0.5) ? 'AccessDenied' : 'RequestLimitExceeded',
            }
          : undefined
      // A dozen calls, one after the other: what is told first may be old when the last one answers.
      await clock.wait(dice.random.between(200, 3000))
      const look = async () => market.look(selection, refused, collectedAt)
      return life.act('collect', look, refusedByAws(place))
    },
    audit: market.audit,
    objectsOf: market.objectsOf,
    store: storeOn(place, life),
    pathObjects: dynamodbPathObjects(table, now),
    lastChange: (object, before) =>
      life.act('look up change', async () => market.lastChange(object, before), refusedByAws(place)),
    handled: dynamodbHandledEvents(table, now),
    now,
  }
}

export function watchPorts(place: Place, life: Life, shop: Shop): WatchPorts {
  const { clock, market } = place
  const table = fragileTable(place, life)
  const now = () => new Date(clock.now())
  const source = market.health(shop)
  return {
    source: {
      groups: () => life.act('list groups', source.groups, refusedByAws(place)),
      targets: (arn) => life.act('ask health', () => source.targets(arn), refusedByAws(place)),
    },
    known: dynamodbKnownHealth(table, now),
    openSubjects: openSubjectsIn(dynamodbStore(table, { now })),
    bus: {
      publish: (events) =>
        life.act('bus publish', async () => {
          for (const event of events) place.put(event)
          return []
        }),
    },
    now,
    wait: clock.wait,
  }
}

export function notifyPorts(place: Place, life: Life): DeliverPorts {
  const { clock, audience } = place
  let claims = 0
  return {
    channels: audience.channelsOf(life),
    log: dynamodbDeliveryLog(fragileTable(place, life)),
    now: () => new Date(clock.now()),
    wait: clock.wait,
    newId() {
      claims += 1
      return `${clock.now()}-${claims}`
    },
  }
}
