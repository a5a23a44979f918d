import { describe, expect, it } from 'vitest'
import { containerHealthCheck as sample } from '../../fixtures/incidents/health-check.ts'
import * as aws from '../../fixtures/index.ts'
import { checkoutGrpc } from '../../fixtures/themes/checkout-grpc.ts'
import {
  addSidecar,
  bakeryShop,
  defineWeb,
  deployNextRevision,
  livedAndStopped,
  runAlone,
} from '../bakery-tasks.ts'
import { causeOf, codes, diagnosed, missingFor, observed, reasonAgainst } from '../diagnosed.ts'

const code = 'ecs.container-healthcheck'
const taken = {
  ...aws.stops.containerHealth,
  containers: { web: { healthStatus: 'UNHEALTHY', exitCode: 143 } },
} as const

/** The bakery with a check of its web container that takes two tasks out. */
function checkedShop(
  command: string,
  more: Parameters<typeof aws.containerHealthCheck>[1] = {},
  lives = [100, 105],
) {
  const shop = bakeryShop()
  defineWeb(shop, { healthCheck: aws.containerHealthCheck(command, more) })
  livedAndStopped(shop, lives, taken)
  return shop
}

const titleFor = (command: string, image?: string) => {
  const shop = checkedShop(command)
  if (image) defineWeb(shop, { image })
  return causeOf(diagnosed(shop.world, shop.service), code).title
}

/** The health check that the fix writes. */
function mended(shop: ReturnType<typeof bakeryShop>) {
  const [fix] = causeOf(diagnosed(shop.world, shop.service), code).fixes
  expect(fix?.verifiable).toBe(false)
  return fix?.patches[0]
}

describe('ecs.container-healthcheck', () => {
  it('is the cause of the sample incident: the probe asks a port where nobody listens', () => {
    const { snapshot } = sample()
    const service = 'arn:aws:ecs:us-west-2:777788889999:service/checkout/checkout'
    const diagnosis = diagnosed(snapshot, service)
    expect(codes(diagnosis)).toEqual([code])
    const cause = causeOf(diagnosis, code)
    expect(cause).toMatchObject({
      confidence: 'proven',
      component: { type: 'container', id: 'checkout/grpc', name: 'grpc' },
      title:
        'ECS stops 3 tasks of service checkout because container grpc fails its own health check; most likely its command asks port 50052, which no container of the task maps',
    })
    expect(observed(cause, 'stoppedReason')).toBe('Task failed container health checks')
    expect(observed(cause, 'containers[grpc].healthStatus')).toBe('UNHEALTHY')
    expect(observed(cause, 'containerDefinitions[grpc].healthCheck.command')).toEqual([50052])
    expect(observed(cause, 'TargetHealth.State')).toEqual([{ id: '10.40.11.203', state: 'healthy' }])
    expect(cause.fixes[0]?.patches).toMatchObject([
      {
        kind: 'container-definition',
        containerName: 'grpc',
        container: {
          healthCheck: {
            command: ['CMD-SHELL', '/bin/grpc_health_probe -addr=127.0.0.1:50051 || exit 1'],
            interval: 30,
          },
        },
      },
    ])
  })

  it('is proven while the task still runs, by its UNHEALTHY container', () => {
    const shop = bakeryShop()
    defineWeb(shop, { healthCheck: aws.containerHealthCheck('curl -f http://127.0.0.1:8000/ || exit 1') })
    const task = aws.taskOf(shop.world, shop.tasks[0] ?? '')
    Object.assign(task.containers?.[0] ?? {}, { healthStatus: 'UNHEALTHY' })
    const cause = causeOf(diagnosed(shop.world, shop.service), code)
    expect(cause.title).toMatch(/^In service web, container web fails its own health check/)
    expect(cause.targets.map(({ id }) => id)).toEqual([aws.taskAddress(shop.world, task.taskArn)])
  })

  it('names each container that is UNHEALTHY, and none of the others', () => {
    const shop = checkedShop('wget -qO- http://127.0.0.1:8000/ || exit 1', {}, [])
    addSidecar(shop, { healthCheck: aws.containerHealthCheck('curl -f http://127.0.0.1:8000/ || exit 1') })
    const containers = { web: { healthStatus: 'HEALTHY' }, proxy: { healthStatus: 'UNHEALTHY' } } as const
    livedAndStopped(shop, [100], { ...aws.stops.containerHealth, containers })
    const { causes } = diagnosed(shop.world, shop.service)
    expect(causes.map(({ component }) => component.id)).toEqual(['bakery-web/proxy'])
  })

  it('names all that have a check where AWS tells of none that is UNHEALTHY', () => {
    const shop = checkedShop('wget -qO- http://127.0.0.1:8000/ || exit 1', {}, [])
    addSidecar(shop, { healthCheck: aws.containerHealthCheck('curl -f http://127.0.0.1:8000/ || exit 1') })
    livedAndStopped(shop, [100], aws.stops.containerHealth)
    const cause = causeOf(diagnosed(shop.world, shop.service), code)
    expect(cause.title).toContain('one of the containers web, proxy fails')
    expect(cause.component).toEqual({ type: 'task-definition', id: 'bakery-web' })
  })

  it.each([
    'Task failed container health checks',
    'Task failed container health checks.',
    '(service web) (task 0a1b) failed container health checks.',
    'task failed container healthcheck',
  ])('understands “%s”, and keeps it as it came', (stoppedReason) => {
    const shop = checkedShop('true', {}, [])
    livedAndStopped(shop, [100], { ...taken, stoppedReason })
    expect(observed(causeOf(diagnosed(shop.world, shop.service), code), 'stoppedReason')).toBe(stoppedReason)
  })

  it.each([
    [
      'curl -f http://127.0.0.1:8000/ || exit 1',
      'bakery:22-slim',
      'possibly its command needs curl inside the container',
    ],
    ['wget -qO- http://127.0.0.1:8000/', 'bakery:22-slim', 'bakery:22-slim is a small image'],
    [
      'node check.js http://localhost:8000/',
      'bakery:22',
      'possibly its command asks localhost, which can resolve to ::1',
    ],
    [
      'nc -z 127.0.0.1 9000',
      'bakery:22',
      'most likely its command asks port 9000, which no container of the task maps',
    ],
    ['wget -qO- http://127.0.0.1/health', 'bakery:22-alpine', 'asks port 80, which no container'],
  ])('says what “%s” may stumble on in %s', (command, image, hint) => {
    expect(titleFor(command, image)).toContain(hint)
  })

  it('has no doubt about a command that the image can run on a port that is mapped', () => {
    expect(titleFor('wget -qO- http://127.0.0.1:8000/health || exit 1', 'bakery:22-alpine')).toMatch(
      /fails its own health check$/,
    )
  })

  it('mends CMD with the syntax of a shell', () => {
    const shop = checkedShop('')
    const command = ['CMD', 'node', 'check.js', '||', 'exit', '1']
    defineWeb(shop, { healthCheck: { command } })
    expect(mended(shop)).toMatchObject({
      container: { healthCheck: { command: ['CMD-SHELL', 'node check.js || exit 1'] } },
    })
  })

  it('mends localhost and the wrong port, and leaves a right command alone', () => {
    expect(mended(checkedShop('node check.js http://localhost:8080/'))).toMatchObject({
      container: {
        healthCheck: aws.containerHealthCheck('node check.js http://127.0.0.1:8000/'),
      },
    })
    expect(mended(checkedShop('node check.js http://localhost:8080/'))).not.toHaveProperty(
      'container.healthCheck.startPeriod',
    )
    const late = checkedShop('node check.js http://127.0.0.1:8000/', {}, [7200, 9000])
    expect(causeOf(diagnosed(late.world, late.service), code).fixes).toEqual([])
  })

  it('gives tasks that never passed twice the time to start, within AWS’s 300 s', () => {
    const command = 'node check.js http://127.0.0.1:8000/'
    expect(mended(checkedShop(command))).toMatchObject({ container: { healthCheck: { startPeriod: 180 } } })
    expect(mended(checkedShop(command, { startPeriod: 120 }, [215]))).toMatchObject({
      container: { healthCheck: { startPeriod: 300 } },
    })
  })

  it('is not: a HEALTHCHECK of the image, which ECS ignores', () => {
    const shop = bakeryShop()
    expect(reasonAgainst(diagnosed(shop.world, shop.service), code)).toContain(
      'ECS ignores a HEALTHCHECK of the image',
    )
  })

  it('is not: UNKNOWN, which means that no check has ended yet', () => {
    const { world, service, tasks } = checkoutGrpc()
    for (const container of aws.taskOf(world, tasks[0] ?? '').containers ?? [])
      container.healthStatus = 'UNKNOWN'
    const diagnosis = diagnosed(world, service)
    expect(codes(diagnosis)).toEqual([])
    expect(reasonAgainst(diagnosis, code)).toContain('no container of service checkout is UNHEALTHY')
  })

  it('is not: an UNHEALTHY container that is not essential', () => {
    const shop = bakeryShop()
    addSidecar(shop, { essential: false })
    const task = aws.runTask(shop.world, {
      service: shop.service,
      name: 'extra',
      subnet: shop.privateSubnets[0],
    })
    Object.assign(aws.taskOf(shop.world, task).containers?.[1] ?? {}, { healthStatus: 'UNHEALTHY' })
    expect(codes(diagnosed(shop.world, shop.service))).toEqual([])
  })

  it('is not: a stop for the load balancer’s checks', () => {
    const shop = checkedShop('wget -qO- http://127.0.0.1:8000/', {}, [])
    livedAndStopped(shop, [3600], aws.stops.targetHealth(shop.targetGroup))
    const diagnosis = diagnosed(shop.world, shop.service)
    expect(codes(diagnosis)).not.toContain(code)
    expect(reasonAgainst(diagnosis, code)).toContain('“Task failed ELB health checks in (target-group arn:')
  })

  it('does not rule the network out: a container check runs on loopback', () => {
    const shop = checkedShop('wget -qO- http://127.0.0.1:8000/')
    aws.setHealth(shop.world, shop.targetGroup, aws.health.timeout)
    aws.setEgress(shop.world, shop.albGroup)
    const diagnosis = diagnosed(shop.world, shop.targetGroup)
    expect(codes(diagnosis)).toEqual(['net.lb-sg-egress', code])
  })

  it('is not: stops of a revision that has been replaced; after a rollback they still count', () => {
    const shop = checkedShop('curl -f http://127.0.0.1:8000/')
    deployNextRevision(shop)
    expect(codes(diagnosed(shop.world, shop.service))).toEqual([])
    const asked = aws.tasksOf(shop.world, shop.service).at(-1)?.taskArn ?? ''
    expect(codes(diagnosed(shop.world, asked)), 'a task that was asked for').toEqual([code])
    aws.serviceOf(shop.world, shop.service).taskDefinition = shop.taskDefinition.replace(':12', ':11')
    expect(codes(diagnosed(shop.world, shop.service))).toEqual([code])
  })

  it('is found for a task that no service started', () => {
    const shop = bakeryShop()
    const task = runAlone(shop)
    const described = aws.taskOf(shop.world, task)
    Object.assign(described, { lastStatus: 'RUNNING', stopCode: undefined, stoppedReason: undefined })
    Object.assign(described.containers?.[0] ?? {}, { healthStatus: 'UNHEALTHY' })
    expect(causeOf(diagnosed(shop.world, task), code).title).toContain(`In task ${task.split('/').at(-1)}`)
  })

  it.each(['ecs:DescribeTasks', 'ecs:DescribeServices', 'ecs:DescribeTaskDefinition'] as const)(
    'says that %s is missing',
    (operation) => {
      const shop = checkedShop('curl -f http://127.0.0.1:8000/')
      aws.setHealth(shop.world, shop.targetGroup, aws.health.timeout)
      const diagnosis = diagnosed(aws.withError(aws.jsonOf(shop.world), operation), shop.targetGroup)
      expect(missingFor(diagnosis, code)).toEqual([operation])
    },
  )
})
