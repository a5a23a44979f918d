import { describe, expect, it } from 'vitest'
import type { Operation } from '../../../shared/snapshot/operations.ts'
import * as aws from '../../fixtures/index.ts'
import { bakeryShop } from '../../fixtures/themes/bakery-shop.ts'
import { parcelTracking } from '../../fixtures/themes/parcel-tracking.ts'
import { causeOf, codes, diagnosed, missingFor, observed } from '../diagnosed.ts'
import { findingOf, findingsIn, findingsOf } from '../findings.ts'

const code = 'net.az-not-enabled'

type Parcels = ReturnType<typeof parcelTracking>

/** The load balancer and its tasks are in the first zone, and the VPC has another. */
function oneZone(): Parcels {
  const parcels = parcelTracking()
  const { world, loadBalancer, service, tasks, privateSubnets } = parcels
  const balancer = aws.loadBalancerOf(world, loadBalancer)
  balancer.AvailabilityZones = balancer.AvailabilityZones?.slice(0, 1) ?? []
  const [, node = ''] = aws.loadBalancerInterfaces(world, loadBalancer)
  aws.removeInterface(world, node)
  Object.assign(aws.serviceOf(world, service).networkConfiguration?.awsvpcConfiguration ?? {}, {
    subnets: privateSubnets.slice(0, 1),
  })
  const isFar = (task: string) =>
    aws.interfaceOf(world, aws.taskInterface(world, task)).SubnetId !== privateSubnets[0]
  aws.serviceOf(world, service).desiredCount = tasks.filter((task) => !isFar(task)).length
  for (const task of tasks.filter(isFar)) aws.stopTask(world, task, aws.stops.scaling)
  return parcels
}

const diagnosisOf = ({ world, loadBalancer }: Parcels) => diagnosed(world, loadBalancer)

const zonesOf = (json: aws.SnapshotJson) =>
  json.scopes.flatMap(
    ({ responses }) =>
      (responses['ec2:DescribeAvailabilityZones'] as { AvailabilityZones: Record<string, string>[] })
        .AvailabilityZones,
  )

/** As AWS tells it where the zone of that name is of another kind. */
const zoneOfKind = ({ world }: Parcels, name: string, ZoneType: string): aws.SnapshotJson => {
  const json = structuredClone(aws.jsonOf(world))
  Object.assign(zonesOf(json).find(({ ZoneName }) => ZoneName === name) ?? {}, { ZoneType })
  return json
}

describe('net.az-not-enabled, of a load balancer with one zone', () => {
  it('is a blind spot where its VPC has subnets in another zone', () => {
    const parcels = oneZone()
    const { loadBalancer, privateSubnets, publicSubnets } = parcels
    expect(findingOf(parcels.world)).toMatchObject({
      subject: { kind: 'load-balancer', arn: loadBalancer },
      severity: 'low',
      targets: [],
      rootCause: {
        code,
        confidence: 'proven',
        title:
          'Load balancer parcels has a node in ap-northeast-1a only, and nothing answers for it if that zone fails; its VPC has subnets in ap-northeast-1c, too',
        component: { type: 'load-balancer', id: loadBalancer, name: 'parcels' },
      },
    })
    const cause = causeOf(diagnosisOf(parcels), code)
    expect(cause.class).toBe('blind-spot')
    expect(observed(cause, 'AvailabilityZones')).toHaveLength(1)
    expect(observed(cause, 'AvailabilityZone')).toEqual([
      { AvailabilityZone: 'ap-northeast-1c', SubnetId: publicSubnets[1] },
      { AvailabilityZone: 'ap-northeast-1c', SubnetId: privateSubnets[1] },
    ])
  })

  it('is cured, verified, by a subnet of the other zone that is routed like its own', () => {
    const { world, loadBalancer, privateSubnets } = oneZone()
    const [cure, other] = findingOf(world).remediation
    expect(cure).toMatchObject({
      title: 'Enable ap-northeast-1c on load balancer parcels, and run targets there, too',
      verified: true,
    })
    expect(cure?.steps[0]?.cli).toEqual([
      `aws elbv2 set-subnets --load-balancer-arn ${loadBalancer} --subnets ${privateSubnets.join(' ')} --region ap-northeast-1`,
    ])
    expect(other).toBeUndefined()
  })

  it('is not called cured by a node that targets do not admit', () => {
    const { world, loadBalancer, trackerGroup, privateSubnets } = oneZone()
    const here = aws.tcp(8080).fromCidr(aws.subnetOf(world, privateSubnets[0]).CidrBlock)
    aws.setIngress(world, trackerGroup, here)
    expect(findingOf(world).remediation[0]?.verified).toBe(true)
    world.loadBalancerAttributes[loadBalancer] = aws.attributes({
      'load_balancing.cross_zone.enabled': 'true',
    })
    expect(findingOf(world).remediation[0]?.verified).toBe(false)
  })

  it('is told once, however many groups it forwards to', () => {
    const { world, vpc, loadBalancer, trackerGroup, privateSubnets } = oneZone()
    const targetGroup = aws.targetGroup(world, { name: 'labels', vpc, port: 9090, protocol: 'TCP' })
    aws.listener(world, { loadBalancer, port: 90, targetGroup })
    const from = aws.tcp(8080, 9090).fromCidr(aws.subnetOf(world, privateSubnets[0]).CidrBlock)
    aws.setIngress(world, trackerGroup, from)
    const instance = aws.instance(world, {
      name: 'labels',
      subnet: privateSubnets[0],
      groups: [trackerGroup],
    })
    aws.registerTarget(world, targetGroup, { id: aws.instanceAddress(world, instance), port: 9090 })
    expect(findingOf(world).subject.arn).toBe(loadBalancer)
  })

  it('comes behind what keeps clients out, which is told as the root cause', () => {
    const { world, loadBalancer, vpc } = oneZone()
    const gate = aws.securityGroup(world, { vpc, name: 'gate', ingress: [] })
    aws.loadBalancerOf(world, loadBalancer).SecurityGroups = [gate]
    for (const id of aws.loadBalancerInterfaces(world, loadBalancer))
      aws.interfaceOf(world, id).Groups = [{ GroupId: gate, GroupName: 'gate' }]
    expect(codes(diagnosed(world, loadBalancer))).toEqual(['edge.lb-sg-ingress', code])
  })

  it('is not: a target in a zone without a node, which its group tells with the same cure', () => {
    const { world, service, targetGroup, privateSubnets } = oneZone()
    const task = aws.runTask(world, { service, name: 'far', subnet: privateSubnets[1] })
    aws.setHealth(world, targetGroup, aws.health.zoneNotEnabled, aws.taskAddress(world, task))
    expect(findingOf(world)).toMatchObject({
      subject: { arn: targetGroup },
      rootCause: { code, confidence: 'proven' },
    })
  })

  it('is not: a service that may start tasks in a zone without a node, which its group tells', () => {
    const { world, service, targetGroup, privateSubnets } = oneZone()
    Object.assign(aws.serviceOf(world, service).networkConfiguration?.awsvpcConfiguration ?? {}, {
      subnets: privateSubnets,
    })
    expect(findingOf(world)).toMatchObject({ subject: { arn: targetGroup }, severity: 'low' })
  })

  it('is not: two zones', () => {
    expect(findingsOf(parcelTracking().world)).toEqual([])
    expect(findingsOf(bakeryShop().world)).toEqual([])
  })

  const second = ({ world }: Parcels, change: object) => {
    for (const subnet of world.subnets)
      if (subnet.AvailabilityZone === 'ap-northeast-1c') Object.assign(subnet, change)
  }
  const OUTPOST = 'arn:aws:outposts:ap-northeast-1:111122223333:outpost/op-0123456789abcdef0'

  it.each<[string, (parcels: Parcels) => void]>([
    ['a VPC with one zone', (parcels) => second(parcels, { AvailabilityZone: 'ap-northeast-1a' })],
    ['another VPC’s subnets', (parcels) => second(parcels, { VpcId: 'vpc-0123456789abcdef0' })],
    ['an Outpost in the other zone', (parcels) => second(parcels, { OutpostArn: OUTPOST })],
    [
      'a load balancer on an Outpost',
      ({ world, privateSubnets }) =>
        Object.assign(aws.subnetOf(world, privateSubnets[0]), { OutpostArn: OUTPOST }),
    ],
    [
      'a Gateway Load Balancer',
      ({ world, loadBalancer }) =>
        Object.assign(aws.loadBalancerOf(world, loadBalancer), { Type: 'gateway' }),
    ],
    [
      'a load balancer that is being made',
      ({ world, loadBalancer }) => {
        aws.loadBalancerOf(world, loadBalancer).State = { Code: 'provisioning' }
      },
    ],
    [
      'a load balancer without a listener',
      ({ world, loadBalancer, targetGroup }) => {
        world.listeners[loadBalancer] = { Listeners: [] }
        aws.targetGroupOf(world, targetGroup).LoadBalancerArns = []
      },
    ],
    [
      'no target and no task, which would be told as that',
      ({ world, service, targetGroup }) => {
        world.targetHealth[targetGroup] = { TargetHealthDescriptions: [] }
        Object.assign(aws.serviceOf(world, service), { desiredCount: 0, runningCount: 0 })
      },
    ],
  ])('is not: %s', (_, change) => {
    const parcels = oneZone()
    change(parcels)
    expect(codes(diagnosisOf(parcels))).toEqual([])
    expect(missingFor(diagnosisOf(parcels), code)).toEqual([])
  })

  it.each(['ap-northeast-1a', 'ap-northeast-1c'])('is not: a Local Zone, such as %s were one', (zone) => {
    const parcels = oneZone()
    const diagnosis = diagnosed(zoneOfKind(parcels, zone, 'local-zone'), parcels.loadBalancer)
    expect([codes(diagnosis), missingFor(diagnosis, code)]).toEqual([[], []])
  })

  it.each<Operation>([
    'ec2:DescribeSubnets',
    'ec2:DescribeAvailabilityZones',
    'elasticloadbalancing:DescribeTargetGroups',
    'elasticloadbalancing:DescribeListeners',
  ])('is unknown without %s', (operation) => {
    const { world, loadBalancer } = oneZone()
    const diagnosis = diagnosed(aws.withError(aws.jsonOf(world), operation), loadBalancer)
    expect(codes(diagnosis)).toEqual([])
    expect(missingFor(diagnosis, code)).toEqual([operation])
  })

  it('is unknown where a selection left out the other groups and subnets', () => {
    const { world, loadBalancer } = oneZone()
    const json = aws.patched(aws.jsonOf(world), (scope) => {
      scope.coverage = 'selection'
    })
    expect(missingFor(diagnosed(json, loadBalancer), code)).toEqual(['ec2:DescribeSubnets'])
    expect(findingsIn(json)).toEqual([])
  })
})
