import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import {
  addSidecar,
  bakeryShop,
  defineWeb,
  deployNextRevision,
  livedAndStopped,
  runAlone,
} from '../bakery-tasks.ts'
import { causeOf, codes, diagnosed, missingFor, observed, reasonAgainst } from '../diagnosed.ts'

const code = 'ecs.oom'
const killed = { ...aws.stops.essentialExited, containers: { web: aws.outOfMemory } }

/** What the fix changes: the container's limit and the task's size. */
function fixOf(shop: ReturnType<typeof bakeryShop>) {
  return causeOf(diagnosed(shop.world, shop.service), code).fixes[0]?.patches[0]
}

describe('ecs.oom', () => {
  it('is proven when ECS names an OutOfMemoryError, with the container, its limits and AWS’s own words', () => {
    const shop = bakeryShop()
    const [task] = livedAndStopped(shop, [900, 40], killed)
    const diagnosis = diagnosed(shop.world, shop.service)
    expect(codes(diagnosis)).toEqual([code])
    const cause = causeOf(diagnosis, code)
    expect(cause).toMatchObject({
      confidence: 'proven',
      component: { type: 'container', id: 'bakery-web/web', name: 'web' },
      title:
        'Container web of service web is killed for memory (2 tasks): bakery-web:12 allows 1024 MiB for all containers of the task',
    })
    expect(cause.evidence).toContainEqual({
      operation: 'ecs:DescribeTasks',
      resource: task,
      field: 'containers[web].reason',
      observed: 'OutOfMemoryError: Container killed due to memory usage',
      expected: 'no OutOfMemoryError',
    })
    expect(observed(cause, 'containers[web].exitCode')).toBe(137)
    expect(observed(cause, 'stoppedReason')).toBe('Essential container in task exited')
    expect(observed(cause, 'memory of the task and of web')).toMatchObject({ task: '1024' })
  })

  it('is proven with exit code 0, too: a child of the process was killed', () => {
    const shop = bakeryShop()
    const containers = { web: { ...aws.outOfMemory, exitCode: 0 } }
    livedAndStopped(shop, [900], { ...aws.stops.essentialExited, containers })
    const diagnosis = diagnosed(shop.world, shop.service)
    expect(codes(diagnosis)).toEqual([code])
    expect(observed(causeOf(diagnosis, code), 'containers[web].exitCode')).toBe(0)
  })

  it('is proven where only the task’s stoppedReason names the memory, in the container that was killed', () => {
    const shop = bakeryShop()
    addSidecar(shop)
    const stoppedReason = 'OutOfMemoryError: container killed due to memory usage'
    const containers = { web: { exitCode: 137 }, proxy: { exitCode: 0 } }
    livedAndStopped(shop, [900], { ...aws.stops.essentialExited, stoppedReason, containers })
    const diagnosis = diagnosed(shop.world, shop.service)
    expect(codes(diagnosis)).toEqual([code])
    const cause = causeOf(diagnosis, code)
    expect(cause.component).toMatchObject({ id: 'bakery-web/web' })
    expect(observed(cause, 'stoppedReason')).toBe(stoppedReason)
  })

  it('is not: 137 without the reason, which a container gets that outlives its stopTimeout', () => {
    const shop = bakeryShop()
    livedAndStopped(shop, [900], { ...aws.stops.scaling, containers: { web: { exitCode: 137 } } })
    const diagnosis = diagnosed(shop.world, shop.service)
    expect(codes(diagnosis)).toEqual([])
    expect(reasonAgainst(diagnosis, code)).toContain('137 (SIGKILL), but ECS names no OutOfMemoryError')
  })

  it('is not: kills of a revision that the service has left behind', () => {
    const shop = bakeryShop()
    livedAndStopped(shop, [900], killed)
    deployNextRevision(shop)
    expect(codes(diagnosed(shop.world, shop.service))).toEqual([])
  })

  it('names the sidecar where the sidecar is killed', () => {
    const shop = bakeryShop()
    addSidecar(shop, { memory: 128 })
    livedAndStopped(shop, [300], { ...killed, containers: { proxy: aws.outOfMemory } })
    const { component, title } = causeOf(diagnosed(shop.world, shop.service), code)
    expect(component.name).toBe('proxy')
    expect(title).toContain('128 MiB for the container, 1024 MiB for all containers of the task')
  })

  it('is found for a task that no service started', () => {
    const shop = bakeryShop()
    const task = runAlone(shop)
    for (const container of aws.taskOf(shop.world, task).containers ?? [])
      Object.assign(container, aws.outOfMemory)
    expect(codes(diagnosed(shop.world, task))).toEqual([code])
  })

  it('raises the task to the next size that Fargate offers', () => {
    const shop = bakeryShop()
    livedAndStopped(shop, [900], killed)
    expect(fixOf(shop)).toEqual({
      kind: 'container-definition',
      taskDefinitionArn: shop.taskDefinition,
      containerName: 'web',
      task: { cpu: '512', memory: '2048' },
    })
  })

  it('takes more CPU where the memory needs it', () => {
    const shop = bakeryShop()
    Object.assign(aws.taskDefinitionOf(shop.world, shop.taskDefinition), { cpu: '512', memory: '4096' })
    livedAndStopped(shop, [900], killed)
    expect(fixOf(shop)).toMatchObject({ task: { cpu: '1024', memory: '5120' } })
  })

  it('doubles the container’s own limit, and the task only where both do not fit', () => {
    const shop = bakeryShop()
    defineWeb(shop, { memory: 256 })
    livedAndStopped(shop, [900], killed)
    expect(fixOf(shop)).toMatchObject({ container: { memory: 512 } })
    expect(fixOf(shop)).not.toHaveProperty('task')
    defineWeb(shop, { memory: 768 })
    expect(fixOf(shop)).toMatchObject({ container: { memory: 1536 }, task: { cpu: '512', memory: '2048' } })
  })

  it('is unknown without the tasks, and proven without fix when only the definition is missing', () => {
    const shop = bakeryShop()
    livedAndStopped(shop, [900], killed)
    const json = aws.jsonOf(shop.world)
    const blind = diagnosed(aws.withError(json, 'ecs:DescribeTasks'), shop.service)
    expect(codes(blind)).toEqual([])
    expect(missingFor(blind, code)).toEqual(['ecs:DescribeTasks'])
    const undefinedTask = diagnosed(aws.withoutOperation(json, 'ecs:DescribeTaskDefinition'), shop.service)
    expect(causeOf(undefinedTask, code)).toMatchObject({ confidence: 'proven', fixes: [] })
  })
})
