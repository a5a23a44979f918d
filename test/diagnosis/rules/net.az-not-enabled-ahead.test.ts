import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { parcelTracking } from '../../fixtures/themes/parcel-tracking.ts'
import { bakeryShop, diagnosisOf } from '../bakery-checks.ts'
import { causeOf, codes, diagnosed, missingFor, observed } from '../diagnosed.ts'
import { codesOf, findingOf, findingsOf } from '../findings.ts'

const code = 'net.az-not-enabled'

/** The second zone is taken from the load balancer, and no task runs there today. */
function oneZone() {
  const shop = bakeryShop({ desired: 1 })
  const { world, loadBalancer } = shop
  const balancer = aws.loadBalancerOf(world, loadBalancer)
  balancer.AvailabilityZones = balancer.AvailabilityZones?.slice(0, 1) ?? []
  const [, node = ''] = aws.loadBalancerInterfaces(world, loadBalancer)
  aws.removeInterface(world, node)
  return shop
}

const placedIn = ({ world, service }: ReturnType<typeof bakeryShop>, subnets: readonly string[]) =>
  Object.assign(aws.serviceOf(world, service).networkConfiguration?.awsvpcConfiguration ?? {}, { subnets })

describe('net.az-not-enabled before a task starts there', () => {
  it('is a blind spot where the service may start tasks in a zone without a node', () => {
    const shop = oneZone()
    const { world, loadBalancer, privateSubnets } = shop
    expect(findingOf(world)).toMatchObject({
      subject: { kind: 'target-group', arn: shop.targetGroup },
      severity: 'low',
      rootCause: {
        code,
        confidence: 'possible',
        title: `A task that service web starts in ap-northeast-1c (${privateSubnets[1]}) will not be checked: load balancer bakery has no node there (ap-northeast-1a only)`,
        component: { type: 'load-balancer', id: loadBalancer, name: 'bakery' },
      },
    })
    const cause = causeOf(diagnosisOf(shop), code)
    expect(cause.class).toBe('blind-spot')
    expect(observed(cause, 'networkConfiguration.awsvpcConfiguration.subnets')).toEqual(privateSubnets)
    expect(observed(cause, 'AvailabilityZones')).toEqual([
      { ZoneName: 'ap-northeast-1a', SubnetId: shop.publicSubnets[0] },
    ])
  })

  it('is cured, verified, by the public subnet in that zone; or the service stays in the others', () => {
    const shop = oneZone()
    expect(causeOf(diagnosisOf(shop), code).fixes.flatMap(({ patches }) => patches)).toEqual([
      {
        kind: 'load-balancer-subnets',
        loadBalancerArn: shop.loadBalancer,
        subnetIds: [shop.publicSubnets[1]],
      },
      {
        kind: 'service',
        clusterArn: shop.cluster,
        serviceName: 'web',
        settings: { subnets: [shop.privateSubnets[0]] },
      },
    ])
    expect(findingOf(shop.world).remediation.map(({ verified }) => verified)).toEqual([true, false])
  })

  it('is told of each zone, and not called cured by the subnet in one of two', () => {
    const shop = oneZone()
    const { world, vpc, privateSubnets } = shop
    const third = aws.subnet(world, { vpc, name: 'bakery-private-d', cidr: '10.0.12.0/24', zone: 'd' })
    placedIn(shop, [...privateSubnets, third])
    const zones = diagnosisOf(shop).causes.map(({ title }) => /starts in (\S+)/.exec(title)?.[1])
    expect(zones).toEqual(['ap-northeast-1c', 'ap-northeast-1d'])
    expect(findingOf(world).remediation[0]).toMatchObject({ verified: false })
  })

  it('is told of a service with a capacity provider, whose tasks say that they run on Fargate', () => {
    const shop = oneZone()
    delete aws.serviceOf(shop.world, shop.service).launchType
    expect(codes(diagnosisOf(shop))).toEqual([code])
  })

  it('never is the root cause of targets that fail, and is told beside it', () => {
    const shop = oneZone()
    aws.setHealth(shop.world, shop.targetGroup, aws.wrongCode(404))
    const finding = findingOf(shop.world)
    expect(finding.rootCause.code).toBe('hc.path-404')
    expect(codesOf(finding)).toContain(code)
    expect(JSON.stringify(finding.remediation)).not.toContain('set-subnets')
  })

  it('is not: a task that AWS says is not checked, which is the cause itself', () => {
    const shop = oneZone()
    const task = aws.runTask(shop.world, {
      service: shop.service,
      name: 'second',
      subnet: shop.privateSubnets[1],
    })
    aws.setHealth(shop.world, shop.targetGroup, aws.health.zoneNotEnabled, aws.taskAddress(shop.world, task))
    const found = diagnosisOf(shop).causes.filter((cause) => cause.code === code)
    expect(found.map((cause) => [cause.class, cause.confidence])).toEqual([['registration', 'proven']])
  })

  it('is not: one zone only for the load balancer and the tasks alike, which is the load balancer’s finding', () => {
    const shop = oneZone()
    placedIn(shop, shop.privateSubnets.slice(0, 1))
    expect(codes(diagnosisOf(shop))).toEqual([])
    expect(findingOf(shop.world).subject.kind).toBe('load-balancer')
  })

  it('is not: other subnets of the load balancer’s zones, or the very same', () => {
    expect(findingsOf(bakeryShop().world)).toEqual([])
    expect(findingsOf(parcelTracking().world)).toEqual([])
  })

  it('is not: tasks on EC2, which start where instances are', () => {
    const shop = oneZone()
    aws.serviceOf(shop.world, shop.service).launchType = 'EC2'
    for (const task of shop.tasks) aws.taskOf(shop.world, task).launchType = 'EC2'
    expect(codes(diagnosisOf(shop))).not.toContain(code)
  })

  it('is not: a subnet of another VPC, whose targets are not checked for other reasons', () => {
    const shop = oneZone()
    const vpc = aws.vpc(shop.world, { name: 'mill', cidr: '10.9.0.0/16' })
    const subnet = aws.subnet(shop.world, { vpc, name: 'mill', cidr: '10.9.0.0/24', zone: 'c' })
    placedIn(shop, [shop.privateSubnets[0], subnet])
    expect(codes(diagnosisOf(shop))).not.toContain(code)
  })

  it('is not: another account’s subnet whose zone only has another name', () => {
    expect(codes(diagnosed(shared('apne1-az1'), oneZone().targetGroup))).toEqual([])
  })

  it('compares zone IDs where the subnet is another account’s, whose names mean other zones', () => {
    const diagnosis = diagnosed(shared('apne1-az2'), oneZone().targetGroup)
    expect(causeOf(diagnosis, code).title).toMatch(
      /in apne1-az2 \(subnet-\w+\) will not be checked: .* \(apne1-az1 only\)$/,
    )
  })

  it('is unknown while the zone IDs of another account’s subnet cannot be compared', () => {
    const json = aws.withError(shared('apne1-az2'), 'ec2:DescribeAvailabilityZones')
    expect(missingFor(diagnosed(json, oneZone().targetGroup), code)).toEqual([
      'ec2:DescribeAvailabilityZones',
    ])
  })

  it.each(['ec2:DescribeSubnets', 'elasticloadbalancing:DescribeLoadBalancers'] as const)(
    'is unknown without %s',
    (operation) => {
      const shop = oneZone()
      const diagnosis = diagnosed(aws.withError(aws.jsonOf(shop.world), operation), shop.targetGroup)
      expect(codes(diagnosis)).not.toContain(code)
      expect(missingFor(diagnosis, code)).toEqual([operation])
    },
  )

  it('is not: unknown subnets, where the load balancer stands in the same ones', () => {
    const { world, targetGroup } = parcelTracking()
    expect(
      missingFor(diagnosed(aws.withError(aws.jsonOf(world), 'ec2:DescribeSubnets'), targetGroup), code),
    ).toEqual([])
  })
})

/** The second private subnet lies in an account which has its own names, and shares the VPC. */
function shared(AvailabilityZoneId: string): aws.SnapshotJson {
  const shop = oneZone()
  const json = aws.jsonOf(shop.world)
  const [home] = json.scopes
  if (!home) throw new Error('no scope')
  const { Subnets } = home.responses['ec2:DescribeSubnets'] as { Subnets: { SubnetId?: string }[] }
  const isTheirs = ({ SubnetId }: { SubnetId?: string }) => SubnetId === shop.privateSubnets[1]
  const theirs = Subnets.filter(isTheirs).map((subnet) => ({
    ...subnet,
    AvailabilityZone: 'ap-northeast-1d',
    AvailabilityZoneId,
  }))
  home.responses['ec2:DescribeSubnets'] = { Subnets: Subnets.filter((subnet) => !isTheirs(subnet)) }
  const responses = { 'ec2:DescribeSubnets': { Subnets: theirs } }
  return { ...json, scopes: [home, { ...home, accountId: '222233334444', responses }] }
}
