import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { warehouseEc2 } from '../../fixtures/themes/warehouse-ec2.ts'
import { bakeryShop, diagnosisOf } from '../bakery-checks.ts'
import { causeOf, codes, diagnosed, missingFor, observed, reasonAgainst } from '../diagnosed.ts'
import { findingsOf } from '../findings.ts'

const code = 'tg.stale-target'

/** A task has stopped, and its target was left behind. */
function leftBehind(health: Parameters<typeof aws.setHealth>[2] = aws.health.timeout) {
  const shop = bakeryShop()
  const [task = ''] = shop.tasks
  const id = aws.taskAddress(shop.world, task)
  aws.stopTask(shop.world, task, aws.stops.scaling)
  aws.registerTarget(shop.world, shop.targetGroup, { id, port: 8000, zone: 'ap-northeast-1a', health })
  return { ...shop, task, id }
}

describe(code, () => {
  it('is proven when no interface of the VPC holds the address, and comes before every path cause', () => {
    const shop = leftBehind()
    const diagnosis = diagnosisOf(shop)
    expect(codes(diagnosis)[0]).toBe(code)
    const cause = causeOf(diagnosis, code)
    expect(cause).toMatchObject({
      confidence: 'proven',
      title: `Target ${shop.id}:8000 of bakery-web has an address that no network interface of the VPC holds`,
      component: { type: 'target-group', id: shop.targetGroup },
      evidence: [
        { field: 'TargetHealth' },
        { operation: 'ec2:DescribeNetworkInterfaces', resource: shop.id, observed: [] },
      ],
      targets: [{ id: shop.id }],
    })
    const finding = findingsOf(shop.world).find(({ subject }) => subject.arn === shop.targetGroup)
    expect(finding?.severity).toBe('medium')
    expect(finding?.remediation[0]).toMatchObject({ title: `Deregister ${shop.id}:8000`, verified: true })
  })

  it('comes behind what fails as many others', () => {
    const shop = leftBehind()
    const [, other = ''] = shop.tasks
    const id = aws.taskAddress(shop.world, other)
    aws.setHealth(shop.world, shop.targetGroup, aws.wrongCode(404), id)
    expect(codes(diagnosisOf(shop)).slice(0, 2)).toEqual(['hc.path-404', code])
  })

  it('is proven by the stopped task where another one has taken the address and looks healthy', () => {
    const shop = leftBehind(aws.health.healthy)
    takeAddress(shop)
    const cause = causeOf(diagnosisOf(shop), code)
    expect(cause.confidence).toBe('proven')
    expect(cause.title).toBe(
      `Target ${shop.id}:8000 of bakery-web belongs to task ${shop.task.split('/').at(-1)}, which has stopped (Scaling activity initiated by deployment)`,
    )
    expect(observed(cause, 'lastStatus')).toBe('STOPPED')
  })

  it('is likely when ECS has forgotten the task, and the address is another task’s', () => {
    const shop = leftBehind(aws.health.healthy)
    takeAddress(shop)
    shop.world.tasks.splice(
      shop.world.tasks.findIndex(({ taskArn }) => taskArn === shop.task),
      1,
    )
    expect(causeOf(diagnosisOf(shop), code)).toMatchObject({
      confidence: 'likely',
      evidence: [{}, { field: 'Description', observed: expect.stringContaining(':attachment/') }],
    })
  })

  it('tells instances apart that use the same host port', () => {
    const { world, targetGroup, tasks, instances } = warehouseEc2()
    const [first = '', second = ''] = tasks
    const [id = ''] = instances
    for (const { networkBindings } of aws.taskOf(world, second).containers ?? [])
      for (const binding of networkBindings ?? []) binding.hostPort = 32768
    aws.stopTask(world, first, aws.stops.scaling)
    aws.registerTarget(world, targetGroup, { id, port: 32768, health: aws.health.failed })
    const cause = causeOf(diagnosed(world, targetGroup), code)
    expect(cause.title).toContain(`Target ${id}:32768 of warehouse-stock belongs to task`)
    expect(cause.confidence).toBe('proven')
  })

  describe('host ports that ECS gives', () => {
    /** ECS has forgotten the first task, whose target is still there. */
    function forgotten(health: Parameters<typeof aws.setHealth>[2]) {
      const warehouse = warehouseEc2()
      const { world, targetGroup, tasks, instances } = warehouse
      const [first = ''] = tasks
      const [id = ''] = instances
      aws.stopTask(world, first, aws.stops.scaling)
      world.tasks.splice(world.tasks.indexOf(aws.taskOf(world, first)), 1)
      aws.registerTarget(world, targetGroup, { id, port: 32768, health })
      return warehouse
    }

    it('is likely where no running task of the service binds the port', () => {
      const { world, targetGroup } = forgotten(aws.health.failed)
      const diagnosis = diagnosed(world, targetGroup)
      expect(codes(diagnosis)).toEqual([code])
      expect(causeOf(diagnosis, code)).toMatchObject({
        confidence: 'likely',
        targets: [{ port: 32768 }],
        evidence: [{}, { field: 'tasks[].containers[].networkBindings' }],
      })
    })

    it('is proven where a task of another service has been given the port, healthy or not', () => {
      const { world, targetGroup, tasks } = forgotten(aws.health.healthy)
      const [, second = ''] = tasks
      const [id = ''] = world.targetHealth[targetGroup]?.TargetHealthDescriptions?.map(
        ({ Target }) => Target?.Id,
      ) ?? ['']
      expect(codes(diagnosed(world, targetGroup))).not.toContain(code)
      const arrived = structuredClone(aws.taskOf(world, second))
      Object.assign(arrived, {
        taskArn: `${second}9`,
        group: 'service:returns',
        containerInstanceArn: world.containerInstances.find(({ ec2InstanceId }) => ec2InstanceId !== id)
          ?.containerInstanceArn,
      })
      for (const { networkBindings = [] } of arrived.containers ?? [])
        for (const binding of networkBindings) binding.hostPort = 32768
      world.tasks.push(arrived)
      const cause = causeOf(diagnosed(world, targetGroup), code)
      expect(cause.confidence).toBe('proven')
      expect(cause.title).toContain('has a host port that now belongs to task')
      expect(cause.title).toContain('(service:returns)')
    })
  })

  it('is not: a target that drains', () => {
    expect(codes(diagnosisOf(leftBehind(aws.health.draining)))).not.toContain(code)
  })

  it('is not: a task that is only just stopping', () => {
    const shop = bakeryShop()
    const [task = ''] = shop.tasks
    aws.deactivateTask(shop.world, task, aws.stops.scaling)
    aws.setHealth(shop.world, shop.targetGroup, aws.health.timeout)
    expect(codes(diagnosisOf(shop))).not.toContain(code)
  })

  it('is not: an instance that was registered by hand in the service’s group', () => {
    const shop = bakeryShop()
    const id = aws.instance(shop.world, {
      name: 'old-web',
      subnet: shop.privateSubnets[0],
      groups: [shop.webGroup],
    })
    aws.registerTarget(shop.world, shop.targetGroup, { id: aws.instanceAddress(shop.world, id), port: 8000 })
    const diagnosis = diagnosisOf(shop)
    expect(codes(diagnosis)).toEqual([])
    expect(reasonAgainst(diagnosis, code)).toContain('every target is a running task')
  })

  it('is not: targets without an ECS service', () => {
    const { world, targetGroup } = warehouseEc2()
    aws.setHealth(world, targetGroup, aws.health.failed)
    world.services.length = 0
    expect(codes(diagnosed(world, targetGroup))).not.toContain(code)
  })

  it('does not take an address for nobody’s where not all interfaces were collected', () => {
    const shop = leftBehind()
    const json = aws.jsonOf(shop.world, { coverage: 'selection' })
    const without = aws.patched(json, ({ responses }) => {
      const response = responses['ecs:DescribeTasks'] as Record<string, { tasks: { taskArn: string }[] }>
      for (const list of Object.values(response))
        list.tasks = list.tasks.filter(({ taskArn }) => taskArn !== shop.task)
    })
    expect(codes(diagnosed(without, shop.targetGroup))).not.toContain(code)
  })

  it.each(['ecs:DescribeTasks', 'ecs:DescribeServices'] as const)('is unknown without %s', (operation) => {
    const shop = bakeryShop()
    aws.setHealth(shop.world, shop.targetGroup, aws.health.timeout)
    const diagnosis = diagnosed(aws.withError(aws.jsonOf(shop.world), operation), shop.targetGroup)
    expect(codes(diagnosis)).not.toContain(code)
    expect(missingFor(diagnosis, code)).toEqual([operation])
  })

  it('is unknown without the container instances, which tell whose host port it is', () => {
    const { world, targetGroup } = warehouseEc2()
    aws.setHealth(world, targetGroup, aws.health.failed)
    const json = aws.withError(aws.jsonOf(world), 'ecs:DescribeContainerInstances')
    expect(missingFor(diagnosed(json, targetGroup), code)).toEqual(['ecs:DescribeContainerInstances'])
  })
})

/** A task of another service runs with the address. */
function takeAddress({ world, cluster, privateSubnets, webGroup, id }: ReturnType<typeof leftBehind>): void {
  const service = aws.ecsService(world, {
    cluster,
    name: 'cakes',
    taskDefinition: aws.taskDefinition(world, {
      family: 'bakery-cakes',
      containers: [aws.container({ name: 'cakes', image: 'bakery/cakes:1', ports: [8000] })],
    }),
    subnets: privateSubnets,
    groups: [webGroup],
  })
  aws.runTask(world, { service, name: 'cakes', subnet: privateSubnets[0], address: id })
}
