import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { addSidecar, bakeryShop, livedAndStopped, runAlone } from '../bakery-tasks.ts'
import { causeOf, codes, diagnosed, missingFor, observed, reasonAgainst } from '../diagnosed.ts'

const code = 'ecs.essential-container-exited'

const exited = (containers: Readonly<Record<string, { exitCode: number; reason?: string }>>) => ({
  ...aws.stops.essentialExited,
  containers,
})

describe('ecs.essential-container-exited', () => {
  it('names the container, the exit code and what it means, with AWS’s own words', () => {
    const shop = bakeryShop()
    const [task] = livedAndStopped(shop, [4, 5], exited({ web: { exitCode: 127 } }))
    const diagnosis = diagnosed(shop.world, shop.service)
    expect(codes(diagnosis)).toEqual([code])
    const cause = causeOf(diagnosis, code)
    expect(cause).toMatchObject({
      confidence: 'proven',
      component: { type: 'container', id: 'bakery-web/web' },
      title:
        'Essential container web of service web exits with 127 (the command or a file it needs was not found in the image), 4 s after its start, 2 tasks',
      fixes: [],
    })
    expect(cause.evidence[0]).toMatchObject({
      operation: 'ecs:DescribeTasks',
      resource: task,
      field: 'stoppedReason',
      observed: 'Essential container in task exited',
    })
    expect(observed(cause, 'stopCode')).toBe('EssentialContainerExited')
    expect(observed(cause, 'containers[web].exitCode')).toBe(127)
  })

  it.each([
    [1, 'ended with an error'],
    [126, 'cannot be executed'],
    [137, 'SIGKILL'],
    [139, 'SIGSEGV'],
    [143, 'SIGTERM'],
    [136, 'signal 8 ended the process'],
    [42, 'an error of its own'],
  ])('tells what %i means', (exitCode, meaning) => {
    const shop = bakeryShop()
    livedAndStopped(shop, [30], exited({ web: { exitCode } }))
    expect(causeOf(diagnosed(shop.world, shop.service), code).title).toContain(meaning)
  })

  it('blames the container that ended by itself, not the one that ECS stopped after it', () => {
    const shop = bakeryShop()
    addSidecar(shop)
    livedAndStopped(shop, [30], exited({ web: { exitCode: 143 }, proxy: { exitCode: 1 } }))
    const { component, confidence } = causeOf(diagnosed(shop.world, shop.service), code)
    expect(component.name).toBe('proxy')
    expect(confidence).toBe('proven')
  })

  it('is only likely when several containers may have been the first', () => {
    const shop = bakeryShop()
    addSidecar(shop)
    livedAndStopped(shop, [30], exited({ web: { exitCode: 0 }, proxy: { exitCode: 143 } }))
    const { component, confidence } = causeOf(diagnosed(shop.world, shop.service), code)
    expect(component.name).toBe('web')
    expect(confidence).toBe('likely')
  })

  it('does not blame a container that is not essential', () => {
    const shop = bakeryShop()
    addSidecar(shop, { essential: false })
    livedAndStopped(shop, [30], exited({ web: { exitCode: 2 }, proxy: { exitCode: 1 } }))
    expect(causeOf(diagnosed(shop.world, shop.service), code).component.name).toBe('web')
  })

  it('is a failure for a service even with 0, and none for a task that has done its work', () => {
    const shop = bakeryShop()
    livedAndStopped(shop, [30], exited({ web: { exitCode: 0 } }))
    expect(codes(diagnosed(shop.world, shop.service))).toEqual([code])
    const other = bakeryShop()
    const alone = diagnosed(other.world, runAlone(other))
    expect(codes(alone)).toEqual([])
    expect(reasonAgainst(alone, code)).toContain('it has done its work')
  })

  it('is found for a task that no service started and that ended with an error', () => {
    const shop = bakeryShop()
    const task = runAlone(shop)
    for (const container of aws.taskOf(shop.world, task).containers ?? []) container.exitCode = 1
    const cause = causeOf(diagnosed(shop.world, task), code)
    expect(cause.title).toContain(`of task ${task.split('/').at(-1)} exits with 1`)
  })

  it.each([
    ['deployments and scaling', aws.stops.scaling],
    ['a user', { stopCode: 'UserInitiated', stoppedReason: 'Task stopped by user' }],
    ['Spot', { stopCode: 'SpotInterruption', stoppedReason: 'Your Spot Task was interrupted.' }],
    [
      'the host',
      { stopCode: 'TerminationNotice', stoppedReason: 'Host EC2 (instance i-0) stopped/terminated.' },
    ],
  ] as const)('is not: tasks that %s stopped, whatever their containers end with', (_, stop) => {
    const shop = bakeryShop()
    livedAndStopped(shop, [900], { ...stop, containers: { web: { exitCode: 137 } } })
    const diagnosis = diagnosed(shop.world, shop.service)
    expect(codes(diagnosis)).toEqual([])
    expect(reasonAgainst(diagnosis, code)).toContain(`“${stop.stoppedReason}”`)
  })

  it('is unknown without the tasks; without the definition nobody knows which container is essential', () => {
    const shop = bakeryShop()
    addSidecar(shop)
    livedAndStopped(shop, [30], exited({ web: { exitCode: 1 } }))
    const json = aws.jsonOf(shop.world)
    expect(missingFor(diagnosed(aws.withError(json, 'ecs:DescribeTasks'), shop.service), code)).toEqual([
      'ecs:DescribeTasks',
    ])
    const undefinedTask = diagnosed(aws.withoutOperation(json, 'ecs:DescribeTaskDefinition'), shop.service)
    expect(causeOf(undefinedTask, code).confidence).toBe('likely')
    expect(missingFor(undefinedTask, code)).toEqual(['ecs:DescribeTaskDefinition'])
  })
})
