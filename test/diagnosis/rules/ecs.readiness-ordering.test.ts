import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { bakeryShop, livedAndStopped } from '../bakery-tasks.ts'
import { causeOf, codes, diagnosed, missingFor, observed, reasonAgainst } from '../diagnosed.ts'
import { findingsOf } from '../findings.ts'

const code = 'ecs.readiness-ordering'

interface Setting {
  /** @default three tasks that the checks end soon after their start */
  readonly lives?: readonly number[]
  readonly counter?: Partial<ContainerDefinition>
  readonly oven?: Partial<ContainerDefinition>
  readonly stop?: object
}

/** The counter (nginx) takes orders for the oven, and only the counter has a check. */
function bakery({ lives = [44, 48, 41], counter, oven, stop }: Setting = {}) {
  const shop = bakeryShop({ healthCheck: { HealthCheckIntervalSeconds: 15, HealthCheckPath: '/orders' } })
  aws.serviceOf(shop.world, shop.service).healthCheckGracePeriodSeconds = 0
  const containers = aws.taskDefinitionOf(shop.world, shop.taskDefinition).containerDefinitions ?? []
  Object.assign(containers[0] ?? {}, {
    image: 'public.ecr.aws/nginx/nginx:1.29',
    healthCheck: aws.containerHealthCheck('curl -f http://localhost:8000/nginx_status'),
    ...counter,
  })
  containers.push(
    aws.container({ name: 'oven', image: 'bakery/oven:7', ports: [3000], ...(oven && { more: oven }) }),
  )
  livedAndStopped(shop, lives, { ...aws.stops.targetHealth(shop.targetGroup), ...stop })
  return shop
}

const diagnosisOf = (shop: ReturnType<typeof bakery>) => diagnosed(shop.world, shop.service)

describe(code, () => {
  it('is the root cause where the checks end tasks soon after the start, with the grace period beside it', () => {
    const shop = bakery()
    const [finding] = findingsOf(shop.world).filter(({ subject }) => subject.arn === shop.service)
    expect(finding?.rootCause).toMatchObject({
      code,
      confidence: 'likely',
      component: { type: 'container', id: 'bakery-web/oven' },
      title:
        'Tasks of bakery-web:12 count as healthy before container oven is ready: only web has a health check, and proxy web does not wait for oven',
    })
    expect(finding?.otherCauses.map((cause) => cause.code)).toEqual(['ecs.grace-period'])
  })

  it('is shown by the stops and by what the definition lacks', () => {
    const shop = bakery()
    const cause = causeOf(diagnosisOf(shop), code)
    expect(observed(cause, 'stoppedReason')).toContain('Task failed ELB health checks')
    expect(observed(cause, 'containerDefinitions[oven].healthCheck')).toBeUndefined()
    expect(observed(cause, 'containerDefinitions[web].dependsOn')).toEqual([])
  })

  it('is cured by a check of the container behind, and by waiting for it', () => {
    const [fix] = causeOf(diagnosisOf(bakery()), code).fixes
    expect(fix).toMatchObject({
      verifiable: false,
      patches: [
        {
          containerName: 'oven',
          container: {
            healthCheck: { command: ['CMD-SHELL', 'curl -f http://localhost:3000/orders || exit 1'] },
          },
        },
        {
          containerName: 'web',
          container: { dependsOn: [{ containerName: 'oven', condition: 'HEALTHY' }] },
        },
      ],
    })
  })

  it('is, too, where the proxy waits for the start only, and replaces that', () => {
    const shop = bakery({ counter: { dependsOn: [{ containerName: 'oven', condition: 'START' }] } })
    const [fix] = causeOf(diagnosisOf(shop), code).fixes
    expect(fix?.patches[1]).toMatchObject({
      container: { dependsOn: [{ containerName: 'oven', condition: 'HEALTHY' }] },
    })
  })

  it('is likely for targets of young tasks whose proxy answers 503', () => {
    const shop = bakery({ lives: [] })
    aws.setHealth(shop.world, shop.targetGroup, aws.wrongCode(503))
    for (const task of shop.tasks) aws.taskOf(shop.world, task).startedAt = aws.secondsBefore(shop.world, 40)
    const cause = causeOf(diagnosisOf(shop), code)
    expect(cause.confidence).toBe('likely')
    expect(cause.targets).toHaveLength(shop.tasks.length)
  })

  it('is only possible after a single stop', () => {
    expect(causeOf(diagnosisOf(bakery({ lives: [44] })), code).confidence).toBe('possible')
  })

  it.each<readonly [string, Setting, RegExp]>([
    ['a check of the container behind', { oven: check('test -f /hot') }, /^no proxy of the task/],
    [
      'no container check at all: the load balancer asks the oven through the proxy',
      { counter: { healthCheck: undefined } },
      /^no proxy of the task/,
    ],
    ['an application without a proxy', { counter: { image: 'bakery/web:12' } }, /^no proxy of the task/],
    ['a sidecar that may end', { oven: { essential: false } }, /^no proxy of the task/],
    ['a sidecar without a port', { oven: { portMappings: [] } }, /^no proxy of the task/],
    ['tasks that ran for hours', { lives: [7200, 9000] }, /^no task was ended by checks/],
    ['no stops, and healthy targets', { lives: [] }, /^no task was ended by checks/],
    ['tasks that ended by themselves', { stop: aws.stops.essentialExited }, /^no task was ended by checks/],
  ])('is not: %s', (_, setting, because) => {
    const diagnosis = diagnosisOf(bakery(setting))
    expect(codes(diagnosis)).not.toContain(code)
    expect(reasonAgainst(diagnosis, code)).toMatch(because)
  })

  it('is not: targets of old tasks whose proxy answers 503 now', () => {
    const shop = bakery({ lives: [] })
    aws.setHealth(shop.world, shop.targetGroup, aws.wrongCode(503))
    expect(codes(diagnosisOf(shop))).not.toContain(code)
  })

  it('is not: a path that no check gets through', () => {
    const shop = bakery()
    aws.setEgress(shop.world, shop.albGroup)
    aws.setHealth(shop.world, shop.targetGroup, aws.health.timeout)
    expect(reasonAgainst(diagnosisOf(shop), code)).toMatch(/^the path to the targets is broken/)
  })

  it.each(['ecs:DescribeTaskDefinition', 'elasticloadbalancing:DescribeTargetGroups'] as const)(
    'is unknown without %s',
    (operation) => {
      const shop = bakery()
      const blind = diagnosed(aws.withoutOperation(aws.jsonOf(shop.world), operation), shop.service)
      expect(codes(blind)).not.toContain(code)
      expect(missingFor(blind, code)).toEqual([operation])
    },
  )
})

function check(command: string): Partial<ContainerDefinition> {
  return { healthCheck: aws.containerHealthCheck(command) }
}
