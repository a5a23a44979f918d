import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createHandler } from '../../functions/audit-config-change.ts'
import { createHandler as auditTargetHealth } from '../../functions/audit-target-health.ts'
import * as aws from '../fixtures/index.ts'
import { bakeryShop } from '../fixtures/themes/bakery-shop.ts'
import { apiCall, scheduledTick, targetHealthEvent } from '../shared/events/bakery-events.ts'
import { embeddedTables } from '../shared/findings/embedded-table.ts'
import { type AuditingOptions, auditing } from './auditing.ts'
import { captureMetrics, context, sqsEvent } from './lambda.ts'

const newTable = embeddedTables()

beforeEach(() => {
  captureMetrics()
})
afterEach(() => {
  vi.restoreAllMocks()
})

/** A shop whose paths are known from an audit that found nothing. */
async function knownShop(options: AuditingOptions = {}) {
  const shop = bakeryShop()
  const parts = auditing(await newTable(), shop.world, options)
  const look = (at: string) =>
    auditTargetHealth(parts.ports)(sqsEvent([targetHealthEvent(at, shop.targetGroup)]), context)
  await look('2026-11-20T03:00:00Z')
  parts.asked.length = 0
  parts.later(5)
  const change = (...events: unknown[]) => createHandler(parts.ports)(sqsEvent(events), context)
  const open = async () => (await parts.ports.store.list({ status: 'open' }, { limit: 10 })).items
  const first = async () => {
    const [summary] = await open()
    return summary && parts.ports.store.get(summary.id)
  }
  return { ...parts, shop, look, change, open, first }
}

const revoke = (groupId: string, more = {}) =>
  apiCall('RevokeSecurityGroupEgress', { groupId }, { eventTime: '2026-11-20T03:16:00Z', ...more })

describe('audit-config-change', () => {
  it('tells that a path is broken before the health check fails, and who did it', async () => {
    const { shop, change, first, lookedUp } = await knownShop()
    aws.setEgress(shop.world, shop.albGroup)
    expect(await change(revoke(shop.albGroup))).toEqual({ batchItemFailures: [] })
    expect(await first()).toMatchObject({
      finding: { rootCause: { code: 'net.lb-sg-egress', component: { id: shop.albGroup } } },
      changedBy: {
        eventName: 'RevokeSecurityGroupEgress',
        by: 'arn:aws:sts::111122223333:assumed-role/baker/anna',
        at: '2026-11-20T03:16:00.000Z',
      },
      changeKind: 'attributed',
      version: 2,
    })
    expect(lookedUp).toEqual([])
  })

  it('audits whoever rests on what was changed, once, and nobody else', async () => {
    const { shop, change, asked } = await knownShop()
    await change(revoke('sg-0123456789abcdef0'), apiCall('RunInstances', {}), revoke(shop.webGroup))
    expect(asked).toEqual([shop.targetGroup])
    await change(revoke(shop.webGroup))
    expect(asked).toHaveLength(1)
  })

  it('asks where the subject is, not where the change was told: IAM tells in one Region, a peer in its own account', async () => {
    const { shop, change, asked, places, ports } = await knownShop()
    const [, , , region, accountId] = shop.targetGroup.split(':')
    const group = { kind: 'target-group', arn: shop.targetGroup, name: 'web' } as const
    await ports.pathObjects.keep({ ...group, accountId: '999988887777', region: 'us-east-1' }, [
      'role/baker',
      'sg-0a0b',
    ])
    places.length = 0
    const elsewhere = { account: '999988887777', region: 'us-east-1' }
    await change({ ...apiCall('DeleteRolePolicy', { roleName: 'baker' }, { service: 'iam' }), ...elsewhere })
    await change({ ...revoke('sg-0a0b'), ...elsewhere })
    expect(asked).toEqual([shop.targetGroup, shop.targetGroup])
    expect(places).toEqual([
      { accountId, region },
      { accountId, region },
    ])
  })

  it('a change that only opens more, or came after it broke, is not to blame', async () => {
    const { shop, change, first, later } = await knownShop()
    aws.setEgress(shop.world, shop.albGroup)
    await change(apiCall('AuthorizeSecurityGroupEgress', { groupId: shop.albGroup }))
    expect(await first()).toMatchObject({ status: 'open', version: 1 })
    later(30)
    await change(revoke(shop.albGroup, { eventTime: '2026-11-20T03:40:00Z' }))
    expect((await first())?.changedBy).toBeUndefined()
  })

  it('what is put right again is resolved', async () => {
    const { shop, change, first, open, later } = await knownShop()
    aws.setEgress(shop.world, shop.albGroup)
    await change(revoke(shop.albGroup))
    const { finding } = (await first()) ?? {}
    aws.setEgress(shop.world, shop.albGroup, aws.allowAll())
    later(5)
    await change(apiCall('AuthorizeSecurityGroupEgress', { groupId: shop.albGroup }))
    expect(finding?.rootCause.code).toBe('net.lb-sg-egress')
    expect(await open()).toEqual([])
  })

  it('of a target group that is gone, what was open is over', async () => {
    let gone = false
    const fails = () =>
      gone ? Object.assign(new Error('not found'), { name: 'TargetGroupNotFoundException' }) : undefined
    const { shop, change, open, later } = await knownShop({ fails })
    aws.setEgress(shop.world, shop.albGroup)
    await change(revoke(shop.albGroup))
    expect(await open()).toHaveLength(1)
    gone = true
    later(5)
    expect(
      await change(
        apiCall('DeleteListener', { listenerArn: shop.listener }, { service: 'elasticloadbalancing' }),
      ),
    ).toEqual({
      batchItemFailures: [],
    })
    expect(await open()).toEqual([])
  })

  it('an audit that AWS throttled remembers what it found, and comes back', async () => {
    const refusals: string[] = ['RequestLimitExceeded', 'AccessDenied']
    const { shop, change, asked, ports, first } = await knownShop()
    aws.setEgress(shop.world, shop.albGroup)
    const collect = ports.collect
    const handler = createHandler({
      ...ports,
      collect: async (selection, place) => {
        const snapshot = await collect(selection, place)
        const name = refusals.shift() ?? ''
        const errors = { 'ecs:DescribeTasks': { name, message: 'Request limit exceeded.' } }
        return { ...snapshot, scopes: snapshot.scopes.map((scope) => ({ ...scope, errors })) }
      },
    })
    const event = sqsEvent([revoke(shop.albGroup)])
    expect(await handler(event, context)).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-0' }] })
    expect(await first()).toMatchObject({ status: 'open' })
    expect(await handler(event, context)).toEqual({ batchItemFailures: [] })
    expect(await change(revoke(shop.albGroup))).toEqual({ batchItemFailures: [] })
    expect(asked).toHaveLength(2)
  })

  it('an event for another queue comes back', async () => {
    const { change } = await knownShop()
    expect(await change(scheduledTick, 'no JSON')).toEqual({
      batchItemFailures: [{ itemIdentifier: 'message-0' }, { itemIdentifier: 'message-1' }],
    })
  })
})

describe('who changed it, when the health check tells first', () => {
  const change = {
    eventId: 'e1',
    eventName: 'RevokeSecurityGroupEgress',
    at: '2026-11-20T03:15:00.000Z',
    by: 'arn:aws:iam::111122223333:user/ben',
  }

  it('is looked up in CloudTrail, after the finding was written, until it is known', async () => {
    let recorded = false
    const { shop, look, first, later, lookedUp } = await knownShop({
      lastChange: () => (recorded ? change : undefined),
    })
    aws.setEgress(shop.world, shop.albGroup)
    aws.setHealth(shop.world, shop.targetGroup, aws.health.timeout)
    await look('2026-11-20T03:18:00Z')
    expect((await first())?.changedBy).toBeUndefined()
    recorded = true
    later(15)
    await look('2026-11-20T03:33:00Z')
    expect((await first())?.changedBy).toEqual(change)
    later(15)
    await look('2026-11-20T03:48:00Z')
    expect(lookedUp).toEqual([shop.albGroup, shop.albGroup])
  })

  it('is not asked for ever', async () => {
    const { shop, look, later, lookedUp } = await knownShop()
    aws.setEgress(shop.world, shop.albGroup)
    aws.setHealth(shop.world, shop.targetGroup, aws.health.timeout)
    await look('2026-11-20T03:18:00Z')
    later(7 * 60)
    await look('2026-11-20T10:18:00Z')
    expect(lookedUp).toHaveLength(1)
  })

  it('a CloudTrail that may not be asked does not keep the finding back', async () => {
    const { shop, look, open } = await knownShop({
      lastChange: () => {
        throw new Error('AccessDenied')
      },
    })
    aws.setEgress(shop.world, shop.albGroup)
    aws.setHealth(shop.world, shop.targetGroup, aws.health.timeout)
    expect(await look('2026-11-20T03:18:00Z')).toEqual({ batchItemFailures: [] })
    expect(await open()).toHaveLength(1)
  })
})
