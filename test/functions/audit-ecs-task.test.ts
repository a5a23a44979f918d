import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createHandler } from '../../functions/audit-ecs-task.ts'
import * as aws from '../fixtures/index.ts'
import { bakeryShop } from '../fixtures/themes/bakery-shop.ts'
import {
  deploymentFailed,
  targetHealthEvent,
  taskStartImpaired,
  taskStopped,
} from '../shared/events/bakery-events.ts'
import { embeddedTables } from '../shared/findings/embedded-table.ts'
import { type AuditingOptions, auditing } from './auditing.ts'
import { captureMetrics, context, sqsEvent } from './lambda.ts'

const newTable = embeddedTables()
let printed: () => Record<string, unknown>[]

beforeEach(() => {
  printed = captureMetrics()
})
afterEach(() => {
  vi.restoreAllMocks()
})

async function brokenShop(options: AuditingOptions = {}) {
  const shop = bakeryShop()
  aws.setEgress(shop.world, shop.albGroup)
  aws.setHealth(shop.world, shop.targetGroup, aws.health.timeout)
  const parts = auditing(await newTable(), shop.world, options)
  const run = (...events: unknown[]) => createHandler(parts.ports)(sqsEvent(events), context)
  const open = async () => (await parts.ports.store.list({ status: 'open' }, { limit: 10 })).items
  const taskArn = shop.tasks[0] ?? ''
  const stopped = {
    ...taskStopped,
    detail: { ...taskStopped.detail, taskArn, clusterArn: shop.cluster, group: 'service:web' },
  }
  const ofService = (event: object) => ({ ...event, resources: [shop.service] })
  return { ...parts, shop, run, open, stopped, ofService }
}

describe('audit-ecs-task', () => {
  it('a stopped task of a service leads to the service and the groups it registers in', async () => {
    const { run, open, stopped, asked } = await brokenShop()
    expect(await run(stopped)).toEqual({ batchItemFailures: [] })
    expect(asked).toEqual(['bakery/web'])
    expect((await open()).map(({ code }) => code)).toContain('net.lb-sg-egress')
  })

  it('deployments and service actions lead to their service, once for one and the same', async () => {
    const { run, asked, shop, ofService } = await brokenShop()
    await run(ofService(deploymentFailed), ofService(taskStartImpaired), ofService(deploymentFailed))
    expect(asked).toEqual([shop.service])
    await run(ofService(deploymentFailed))
    expect(asked).toHaveLength(1)
  })

  it('a task that ECS no longer tells of is nobody’s problem', async () => {
    const fails = () => Object.assign(new Error('gone'), { name: 'TaskNotFound' })
    const { run, open, stopped } = await brokenShop({ fails })
    const alone = { ...stopped, detail: { ...stopped.detail, group: 'family:batch' } }
    expect(await run(alone)).toEqual({ batchItemFailures: [] })
    expect(await open()).toEqual([])
  })

  it('an event that names no service, or belongs to another queue, comes back', async () => {
    const { run } = await brokenShop()
    expect(await run({ ...taskStartImpaired, resources: [] }, targetHealthEvent())).toEqual({
      batchItemFailures: [{ itemIdentifier: 'message-0' }, { itemIdentifier: 'message-1' }],
    })
  })

  it('counts what it did', async () => {
    const { run, stopped } = await brokenShop()
    await run(stopped)
    expect(printed()).toMatchObject([{ Events: 1, Audits: 1, Attributed: 0, service: 'audit-ecs-task' }])
  })
})
