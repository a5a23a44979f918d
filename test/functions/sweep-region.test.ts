import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createHandler } from '../../functions/sweep-region.ts'
import { audit, objectsOfAll } from '../../shared/audit.ts'
import { dynamodbPathObjects } from '../../shared/findings/dynamodb-path-objects.ts'
import { dynamodbStore } from '../../shared/findings/dynamodb-store.ts'
import { parseSnapshot } from '../../shared/snapshot/parse.ts'
import type { Place } from '../../shared/snapshot/types.ts'
import * as aws from '../fixtures/index.ts'
import { bakeryShop } from '../fixtures/themes/bakery-shop.ts'
import { embeddedTables } from '../shared/findings/embedded-table.ts'
import { captureMetrics, context } from './lambda.ts'

const newTable = embeddedTables()
let printed: () => Record<string, unknown>[]

beforeEach(() => {
  printed = captureMetrics()
})
afterEach(() => {
  vi.restoreAllMocks()
})

async function region() {
  const table = await newTable()
  const shop = bakeryShop({ accountId: '111122223333', region: 'ap-northeast-1' })
  const asked: Place[] = []
  const now = () => new Date('2026-11-20T04:00:00Z')
  const store = dynamodbStore(table, { now })
  const pathObjects = dynamodbPathObjects(table, now)
  let collectedAt = now().toISOString()
  const run = createHandler({
    async collect(place) {
      asked.push(place)
      return { ...parseSnapshot(aws.jsonOf(shop.world)), collectedAt }
    },
    audit,
    objectsOfAll,
    store,
    pathObjects,
    now,
  })
  const later = (at: string) => {
    collectedAt = at
  }
  return { shop, asked, store, pathObjects, later, sweep: (event: unknown) => run(event, context) }
}

const here = { accountId: '111122223333', region: 'ap-northeast-1' }

describe('sweep-region', () => {
  it('audits everything in an account and Region, and says how much that was', async () => {
    const { shop, asked, store, sweep } = await region()
    aws.setEgress(shop.world, shop.albGroup)
    aws.setHealth(shop.world, shop.targetGroup, aws.health.timeout)
    expect(await sweep(here)).toMatchObject({ ...here, undecided: 0, findings: 1, changes: 1 })
    expect(asked).toEqual([here])
    expect((await store.list({ status: 'open' }, { limit: 5 })).items).toMatchObject([
      { code: 'net.lb-sg-egress', subjectArn: shop.targetGroup },
    ])
    expect(printed()).toMatchObject([{ Sweeps: 1, FindingChanges: 1, service: 'sweep-region' }])
  })

  it('knows from then on who rests on what', async () => {
    const { shop, pathObjects, sweep } = await region()
    await sweep(here)
    const behind = await pathObjects.subjectsOn(here.accountId, [shop.webGroup])
    expect(behind.map(({ arn }) => arn).sort()).toEqual([shop.service, shop.targetGroup].sort())
    expect(await pathObjects.subjectsOn(here.accountId, ['sg-0123456789abcdef0'])).toEqual([])
  })

  it('resolves what is well again', async () => {
    const { shop, store, later, sweep } = await region()
    aws.setHealth(shop.world, shop.targetGroup, aws.health.timeout)
    aws.setEgress(shop.world, shop.albGroup)
    await sweep(here)
    aws.setEgress(shop.world, shop.albGroup, aws.allowAll())
    aws.setHealth(shop.world, shop.targetGroup, aws.health.healthy)
    later('2026-11-20T05:00:00Z')
    await sweep(here)
    expect((await store.list({ status: 'open' }, { limit: 5 })).items).toEqual([])
  })

  it.each([
    [{}],
    [{ accountId: '12', region: 'eu-west-1' }],
    [{ accountId: '111122223333', region: 'everywhere' }],
  ])('refuses what is no account and Region: %j', async (event) => {
    const { asked, sweep } = await region()
    await expect(sweep(event)).rejects.toThrow()
    expect(asked).toEqual([])
  })
})
