import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { parcelTracking } from '../../fixtures/themes/parcel-tracking.ts'
import { warehouseEc2 } from '../../fixtures/themes/warehouse-ec2.ts'
import { bakeryShop, defineWeb, livedAndStopped } from '../bakery-tasks.ts'
import { causeOf, codes, diagnosed, missingFor, observed, reasonAgainst } from '../diagnosed.ts'
import { findingsIn } from '../findings.ts'

const code = 'app.not-answering'

function silentShop() {
  const shop = bakeryShop()
  aws.setHealth(shop.world, shop.targetGroup, aws.health.timeout)
  return shop
}

describe('app.not-answering', () => {
  it('is proven when checks time out on a path that is open for every target, there and back', () => {
    const shop = silentShop()
    const diagnosis = diagnosed(shop.world, shop.targetGroup)
    expect(codes(diagnosis)).toEqual([code])
    const cause = causeOf(diagnosis, code)
    expect(cause).toMatchObject({
      confidence: 'proven',
      component: { type: 'container', id: 'bakery-web/web', name: 'web' },
      title:
        'The application behind 2 targets does not answer on port 8000 in time: every path to it is open there and back, and the configuration is right',
      fixes: [],
    })
    expect(cause.targets).toHaveLength(2)
    expect(observed(cause, 'path from every load balancer node to port 8000, and back')).toMatchObject([
      { verdict: 'reachable' },
      { verdict: 'reachable' },
    ])
    expect(observed(cause, 'containers[web]')).toMatchObject({
      lastStatus: 'RUNNING',
      healthStatus: 'UNKNOWN',
    })
    expect(observed(cause, 'containerDefinitions[web].logConfiguration')).toMatchObject({
      'awslogs-group': '/ecs/bakery-web',
    })
    const ruledOut = diagnosis.ruledOut.map((item) => item.code)
    expect(ruledOut).toEqual(
      expect.arrayContaining(['net.lb-sg-egress', 'net.target-sg-ingress', 'net.nacl', 'net.route-missing']),
    )
  })

  it('is likely when the target refuses the check: nothing listens, or it speaks something else', () => {
    const { world, targetGroup, tasks } = bakeryShop()
    aws.setHealth(world, targetGroup, aws.health.failed, aws.taskAddress(world, tasks[0] ?? ''))
    const cause = causeOf(diagnosed(world, targetGroup), code)
    expect(cause.confidence).toBe('likely')
    expect(cause.title).toContain(
      `behind ${aws.taskAddress(world, tasks[0] ?? '')} refuses the check on port 8000`,
    )
    expect(cause.targets).toHaveLength(1)
  })

  it('is likely behind a Network Load Balancer, which tells no more than that the check failed', () => {
    const { world, targetGroup } = parcelTracking()
    aws.setHealth(world, targetGroup, aws.health.failed)
    expect(causeOf(diagnosed(world, targetGroup), code).confidence).toBe('likely')
  })

  it.each(['ecs:DescribeServices', 'ecs:DescribeTasks', 'ecs:DescribeTaskDefinition'] as const)(
    'is no more than likely without %s: a task could explain the silence',
    (operation) => {
      const shop = silentShop()
      const json = aws.withError(aws.jsonOf(shop.world), operation)
      expect(causeOf(diagnosed(json, shop.targetGroup), code).confidence).toBe('likely')
      expect(findingsIn(json)[0]?.rootCause.code).toBe('undetermined')
    },
  )

  describe('behind plain instances, where ECS was never asked', () => {
    const plain = (health: Parameters<typeof aws.setHealth>[2]) => {
      const { world, targetGroup } = warehouseEc2()
      aws.setHealth(world, targetGroup, health)
      return aws.patched(aws.jsonOf(world), ({ responses }) => {
        for (const operation of Object.keys(responses))
          if (operation.startsWith('ecs:')) delete responses[operation]
      })
    }

    it('is proven when checks time out', () => {
      expect(findingsIn(plain(aws.health.timeout))[0]?.rootCause).toMatchObject({
        code,
        confidence: 'proven',
      })
    })

    it('is likely when they are refused, and says that ECS was not asked', () => {
      const [finding] = findingsIn(plain(aws.health.failed))
      expect(finding?.rootCause).toMatchObject({ code, confidence: 'likely' })
      expect(finding?.unknown).toContainEqual(
        expect.objectContaining({ code: 'hc.port-mismatch', missing: 'ecs:DescribeClusters' }),
      )
    })

    it('is undetermined when ECS refused to tell', () => {
      const json = plain(aws.health.failed)
      for (const scope of json.scopes)
        scope.errors['ecs:DescribeClusters'] = { name: 'AccessDenied', message: 'not authorized' }
      expect(findingsIn(json)[0]?.rootCause.code).toBe('undetermined')
    })
  })

  it('finds the container behind a dynamic host port', () => {
    const { world, targetGroup } = warehouseEc2()
    aws.setHealth(world, targetGroup, aws.health.timeout)
    expect(causeOf(diagnosed(world, targetGroup), code).component.id).toBe('warehouse-stock/stock')
  })

  it('says when the container’s own check passes on loopback, and how often tasks failed', () => {
    const shop = silentShop()
    defineWeb(shop, { healthCheck: aws.containerHealthCheck('wget -qO- http://127.0.0.1:8000/') })
    for (const task of shop.tasks)
      Object.assign(aws.taskOf(shop.world, task).containers?.[0] ?? {}, { healthStatus: 'HEALTHY' })
    livedAndStopped(shop, [9000], aws.stops.targetHealth(shop.targetGroup))
    const replaced = aws.runTask(shop.world, {
      service: shop.service,
      name: '3',
      subnet: shop.privateSubnets[1],
    })
    aws.stopTask(shop.world, replaced, aws.stops.scaling)
    aws.setHealth(shop.world, shop.targetGroup, aws.health.timeout)
    const { evidence } = causeOf(diagnosed(shop.world, shop.targetGroup), code)
    expect(evidence.find(({ field }) => field === 'containers[web]')?.expected).toContain('127.0.0.1 only')
    expect(evidence.find(({ field }) => field.startsWith('stoppedReason'))?.observed).toHaveLength(1)
  })

  it('keeps the options of log drivers other than awslogs to itself: they may hold tokens', () => {
    const shop = silentShop()
    const logConfiguration = { logDriver: 'splunk', options: { 'splunk-token': 'a-token' } } as const
    defineWeb(shop, { logConfiguration })
    expect(JSON.stringify(causeOf(diagnosed(shop.world, shop.targetGroup), code).evidence)).not.toContain(
      'a-token',
    )
  })

  it('is not: a target that answers, even with an error', () => {
    const { world, targetGroup } = bakeryShop()
    aws.setHealth(world, targetGroup, aws.wrongCode(500))
    expect(codes(diagnosed(world, targetGroup))).not.toContain(code)
  })

  it('is not: an error of Elastic Load Balancing’s own', () => {
    const { world, targetGroup } = bakeryShop()
    aws.setHealth(world, targetGroup, aws.health.internalError)
    const diagnosis = diagnosed(world, targetGroup)
    expect(codes(diagnosis)).toEqual(['aws-side'])
    expect(reasonAgainst(diagnosis, code)).toContain('Elb.InternalError')
  })

  it('is not: a path that is broken', () => {
    const shop = silentShop()
    aws.setEgress(shop.world, shop.albGroup)
    expect(codes(diagnosed(shop.world, shop.targetGroup))).toEqual(['net.lb-sg-egress'])
  })

  it('concerns only the targets whose path is open', () => {
    const shop = silentShop()
    const closed = aws.securityGroup(shop.world, { vpc: shop.vpc, name: 'bakery-closed', ingress: [] })
    const [shut = '', open = ''] = shop.tasks
    const eni = aws.interfaceOf(shop.world, aws.taskInterface(shop.world, shut))
    eni.Groups = [{ GroupId: closed, GroupName: 'bakery-closed' }]
    const cause = causeOf(diagnosed(shop.world, shop.targetGroup), code)
    expect(cause.targets.map(({ id }) => id)).toEqual([aws.taskAddress(shop.world, open)])
  })

  it('is not: targets that are healthy', () => {
    const { world, targetGroup } = bakeryShop()
    expect(codes(diagnosed(world, targetGroup))).toEqual([])
  })

  it.each([
    'ec2:DescribeSecurityGroups',
    'ec2:DescribeNetworkAcls',
    'ec2:DescribeRouteTables',
    'ec2:DescribeNetworkInterfaces',
    'elasticloadbalancing:DescribeLoadBalancers',
  ] as const)('is unknown without %s, and never blames the application then', (operation) => {
    const shop = silentShop()
    const diagnosis = diagnosed(aws.withError(aws.jsonOf(shop.world), operation), shop.targetGroup)
    expect(codes(diagnosis)).not.toContain(code)
    expect(missingFor(diagnosis, code)).toContain(operation)
  })
})

describe('app.not-answering of a Lambda function', () => {
  /** AWS tells no protocol, port and VPC of such groups. */
  function silentOven() {
    const shop = bakeryShop({ desired: 0 })
    shop.world.services.splice(0)
    const group = aws.targetGroupOf(shop.world, shop.targetGroup)
    group.TargetType = 'lambda'
    for (const field of ['Protocol', 'ProtocolVersion', 'Port', 'VpcId', 'HealthCheckProtocol'] as const)
      delete group[field]
    const id = 'arn:aws:lambda:ap-northeast-1:111122223333:function:oven'
    shop.world.targetHealth[shop.targetGroup] = {
      TargetHealthDescriptions: [{ Target: { Id: id }, TargetHealth: aws.health.timeout }],
    }
    return diagnosed(shop.world, shop.targetGroup)
  }

  it('is likely, and no network is named, since a function is invoked', () => {
    const diagnosis = silentOven()
    expect(causeOf(diagnosis, code)).toMatchObject({
      confidence: 'likely',
      title: 'Function oven does not answer in time: no network lies between it and the load balancer',
    })
    expect(diagnosis.unknown).toEqual([])
    for (const other of ['net.target-sg-ingress', 'net.nacl', 'net.route-missing'])
      expect(reasonAgainst(diagnosis, other)).toBe('the function is invoked: no packet goes to it')
  })
})
