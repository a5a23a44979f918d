import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { parcelTracking } from '../../fixtures/themes/parcel-tracking.ts'
import { bakeryShop, diagnosisOf, withoutHealthField } from '../bakery-checks.ts'
import { causeOf, codes, diagnosed, missingFor, observed, reasonAgainst } from '../diagnosed.ts'
import { findingsOf } from '../findings.ts'

const code = 'net.az-not-enabled'

/** The second zone is taken from the load balancer; the task there is not checked any more. */
function oneZone() {
  const shop = bakeryShop()
  const { world, loadBalancer, targetGroup, tasks } = shop
  const balancer = aws.loadBalancerOf(world, loadBalancer)
  balancer.AvailabilityZones = balancer.AvailabilityZones?.slice(0, 1) ?? []
  const [, node = ''] = aws.loadBalancerInterfaces(world, loadBalancer)
  aws.removeInterface(world, node)
  const id = aws.taskAddress(world, tasks[1] ?? '')
  aws.setHealth(world, targetGroup, aws.health.zoneNotEnabled, id)
  return { ...shop, id }
}

describe(code, () => {
  it('is proven by AWS’s description, with the zones that are enabled', () => {
    const shop = oneZone()
    const cause = causeOf(diagnosisOf(shop), code)
    expect(cause).toMatchObject({
      confidence: 'proven',
      title: `${shop.id} in bakery-web lies in ap-northeast-1c, which is not enabled on load balancer bakery (ap-northeast-1a only)`,
      component: { type: 'load-balancer', id: shop.loadBalancer, name: 'bakery' },
      awsExplanationCode: 'ELB_INSTALLED_AZ_RESTRICTION',
      targets: [{ id: shop.id }],
    })
    expect(observed(cause, 'AvailabilityZones')).toEqual([
      { ZoneName: 'ap-northeast-1a', SubnetId: shop.publicSubnets[0] },
    ])
    expect(observed(cause, 'TargetHealth')).toMatchObject({ Reason: 'Target.NotInUse' })
  })

  it('is cured, verified, by the public subnet in that zone; or the service moves', () => {
    const shop = oneZone()
    const fixes = causeOf(diagnosisOf(shop), code).fixes
    expect(fixes.flatMap(({ patches }) => patches)).toEqual([
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
    const [finding] = findingsOf(shop.world)
    expect(finding?.rootCause.code).toBe(code)
    expect(finding?.remediation.map(({ verified }) => verified)).toEqual([true, false])
  })

  it('counts a zone without the description, when the zones say it', () => {
    const shop = oneZone()
    const diagnosis = diagnosed(withoutHealthField(shop.world, 'Description'), shop.targetGroup)
    expect(causeOf(diagnosis, code)).toMatchObject({ confidence: 'proven', targets: [{ id: shop.id }] })
  })

  it('is only possible when the zone is enabled by now', () => {
    const shop = bakeryShop()
    aws.setHealth(shop.world, shop.targetGroup, aws.health.zoneNotEnabled)
    const diagnosis = diagnosisOf(shop)
    expect(diagnosis.causes.map(({ confidence }) => confidence)).toEqual(['possible', 'possible'])
    expect(causeOf({ ...diagnosis, causes: diagnosis.causes.slice(0, 1) }, code).title).toContain(
      'is enabled by now',
    )
  })

  it('is not: targets in other subnets of the enabled zones, with cross-zone load balancing off', () => {
    const { world, targetGroup } = parcelTracking()
    expect(codes(diagnosed(world, targetGroup))).toEqual([])
    const shop = bakeryShop()
    aws.setHealth(shop.world, shop.targetGroup, aws.health.failed)
    expect(reasonAgainst(diagnosisOf(shop), code)).toContain('no target in a zone that is not enabled')
  })

  it('is not: a group without a listener, which has the same reason', () => {
    const shop = oneZone()
    aws.setHealth(shop.world, shop.targetGroup, aws.health.noListener)
    expect(codes(diagnosisOf(shop))).not.toContain(code)
  })

  it('compares zone IDs where the target is another account’s, whose names mean other zones', () => {
    const shop = oneZone()
    const cause = causeOf(diagnosed(shared(shop), shop.targetGroup), code)
    expect(cause.title).toContain(
      'lies in apne1-az2, which is not enabled on load balancer bakery (apne1-az1 only)',
    )
  })

  it('is unknown when neither the description nor the load balancer tells', () => {
    const shop = oneZone()
    const json = aws.withError(
      withoutHealthField(shop.world, 'Description'),
      'elasticloadbalancing:DescribeLoadBalancers',
    )
    const diagnosis = diagnosed(json, shop.targetGroup)
    expect(codes(diagnosis)).not.toContain(code)
    expect(missingFor(diagnosis, code)).toEqual(['elasticloadbalancing:DescribeLoadBalancers'])
  })
})

/** The tasks' interfaces live in an account whose "1a" is the load balancer's "1c". */
function shared(shop: ReturnType<typeof oneZone>): aws.SnapshotJson {
  const json = aws.jsonOf(shop.world)
  const [home] = json.scopes
  if (!home) throw new Error('no scope')
  const interfaces = home.responses['ec2:DescribeNetworkInterfaces'] as {
    NetworkInterfaces: { PrivateIpAddress?: string; AvailabilityZone?: string }[]
  }
  const theirs = interfaces.NetworkInterfaces.filter(({ PrivateIpAddress }) => PrivateIpAddress === shop.id)
  home.responses['ec2:DescribeNetworkInterfaces'] = {
    NetworkInterfaces: interfaces.NetworkInterfaces.filter((item) => !theirs.includes(item)),
  }
  const named = theirs.map((item) => ({ ...item, AvailabilityZone: 'ap-northeast-1a' }))
  return {
    ...json,
    scopes: [
      home,
      {
        ...home,
        accountId: '222233334444',
        responses: {
          'ec2:DescribeNetworkInterfaces': { NetworkInterfaces: named },
          'ec2:DescribeAvailabilityZones': {
            AvailabilityZones: [{ ZoneName: 'ap-northeast-1a', ZoneId: 'apne1-az2' }],
          },
        },
      },
    ],
  }
}
