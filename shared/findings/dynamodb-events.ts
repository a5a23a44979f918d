/** What the event side remembers, in the findings table: handled events, and target health as last answered. */
import * as z from 'zod'
import type { HandledEvents } from '../events/handled.ts'
import type { KnownHealth, KnownHealthStore } from '../events/watch.ts'
import { absent, type ItemTable } from './item-table.ts'
import { handledEventKey, healthPartition, targetHealthKey } from './keys.ts'
import { queryAll } from './query-all.ts'
import { TTL_ATTRIBUTE } from './table.ts'

const DAY = 24 * 3600
const inSeconds = (now: Date, seconds: number): number => Math.floor(now.getTime() / 1000) + seconds

/** EventBridge retries for 24 hours, SQS keeps for at most 14 days: long enough for both. */
const HANDLED_DAYS = 15

export const dynamodbHandledEvents = (table: ItemTable, now: () => Date): HandledEvents => ({
  has: async (key) => (await table.get(handledEventKey(key))) !== undefined,

  async add(key) {
    const expiry = { [TTL_ATTRIBUTE]: inSeconds(now(), HANDLED_DAYS * DAY) }
    await table.put({ ...handledEventKey(key), entity: 'event', ...expiry }, absent)
  },
})

const targetSchema = z.object({
  targetId: z.string(),
  port: z.number().optional(),
  state: z.string(),
  reason: z.string().optional(),
  description: z.string().optional(),
})

const knownSchema = z.object({
  targetGroupArn: z.string(),
  targets: z.array(targetSchema),
  askedAt: z.string(),
  toldAt: z.string().optional(),
})

/** A group that is gone is forgotten after this. */
const HEALTH_DAYS = 7

export const dynamodbKnownHealth = (table: ItemTable, now: () => Date): KnownHealthStore => ({
  async all(accountId, region) {
    const known = new Map<string, KnownHealth>()
    const items = await queryAll(table, {
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': healthPartition(accountId, region) },
      ConsistentRead: true,
    })
    for (const item of items) {
      const { targetGroupArn, ...health } = knownSchema.parse(item)
      known.set(targetGroupArn, health)
    }
    return known
  },

  async keep(targetGroupArn, known) {
    const expiry = { [TTL_ATTRIBUTE]: inSeconds(now(), HEALTH_DAYS * DAY) }
    await table.put({
      ...targetHealthKey(targetGroupArn),
      entity: 'health',
      targetGroupArn,
      ...known,
      ...expiry,
    })
  },
})
