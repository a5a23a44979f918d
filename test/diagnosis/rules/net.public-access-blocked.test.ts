import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { parcelTracking } from '../../fixtures/themes/parcel-tracking.ts'
import { bakeryShop } from '../bakery-checks.ts'
import { causeOf, codes, diagnosed, missingFor, observed, reasonAgainst } from '../diagnosed.ts'
import { findingOf, findingsOf } from '../findings.ts'

const diagnosisOf = ({ world, loadBalancer }: { world: aws.World; loadBalancer: string }) =>
  diagnosed(world, loadBalancer)

const code = 'net.public-access-blocked'
const OPTIONS = 'ec2:DescribeVpcBlockPublicAccessOptions'

function blocked(mode: 'block-ingress' | 'block-bidirectional' = 'block-ingress') {
  const shop = bakeryShop()
  aws.blockPublicAccess(shop.world, mode)
  return shop
}

describe(code, () => {
  it.each(['block-ingress', 'block-bidirectional'] as const)(
    'is proven by mode %s, while targets are healthy',
    (mode) => {
      const shop = blocked(mode)
      const finding = findingOf(shop.world)
      expect(finding).toMatchObject({ severity: 'high', targets: [] })
      expect(finding.rootCause).toMatchObject({
        code,
        confidence: 'proven',
        title: `VPC Block Public Access (${mode}) keeps the internet from load balancer bakery: neither its VPC nor its subnets are excluded`,
        component: { type: 'vpc-block-public-access', id: '111122223333/ap-northeast-1' },
        awsExplanationCode: 'VPC_BLOCK_PUBLIC_ACCESS_ENABLED',
        evidence: [
          { operation: OPTIONS, observed: mode },
          { operation: 'ec2:DescribeVpcBlockPublicAccessExclusions', observed: [] },
          {
            operation: 'elasticloadbalancing:DescribeLoadBalancers',
            field: 'Scheme',
            observed: 'internet-facing',
          },
        ],
      })
      expect(finding.remediation[0]).toMatchObject({ verified: true })
    },
  )

  it('excludes the load balancer’s subnets, not the whole VPC', () => {
    const shop = blocked()
    expect(causeOf(diagnosisOf(shop), code).fixes[0]?.patches).toEqual(
      shop.publicSubnets.map((resourceId) => ({
        kind: 'public-access-exclusion',
        resourceId,
        mode: 'allow-bidirectional',
      })),
    )
  })

  it('names the subnets that are left out of the exclusions', () => {
    const shop = blocked()
    const [first, second] = shop.publicSubnets
    aws.excludeFromBlockPublicAccess(shop.world, first, 'allow-bidirectional')
    const cause = causeOf(diagnosisOf(shop), code)
    expect(cause).toMatchObject({ partial: true, title: expect.stringContaining(`bakery in ${second}`) })
    expect(cause.fixes[0]?.patches).toHaveLength(1)
    expect(observed(cause, 'VpcBlockPublicAccessExclusions')).toHaveLength(1)
  })

  it('never is the cause of failing checks', () => {
    const shop = blocked()
    aws.setHealth(shop.world, shop.targetGroup, aws.health.timeout)
    aws.setEgress(shop.world, shop.albGroup)
    expect(findingsOf(shop.world).map(({ subject, rootCause }) => [subject.kind, rootCause.code])).toEqual([
      ['target-group', 'net.lb-sg-egress'],
      ['load-balancer', code],
    ])
  })

  it('is not: a VPC that is excluded; an exclusion for egress only does not help', () => {
    const shop = blocked()
    aws.excludeFromBlockPublicAccess(shop.world, shop.vpc, 'allow-egress')
    expect(codes(diagnosisOf(shop))).toEqual([code])
    aws.excludeFromBlockPublicAccess(shop.world, shop.vpc, 'allow-bidirectional')
    expect(reasonAgainst(diagnosisOf(shop), code)).toBe('VPC Block Public Access lets traffic in to bakery')
  })

  it('is not: mode off', () => {
    expect(codes(diagnosisOf(bakeryShop()))).toEqual([])
  })

  it('is not: an internal load balancer, even where the options are not known', () => {
    const { world, loadBalancer } = parcelTracking()
    aws.blockPublicAccess(world, 'block-bidirectional')
    const json = aws.withError(aws.jsonOf(world), OPTIONS)
    expect(reasonAgainst(diagnosed(json, loadBalancer), code)).toBe('parcels is internal')
    expect(missingFor(diagnosed(json, loadBalancer), code)).toEqual([])
  })

  it.each([OPTIONS, 'ec2:DescribeVpcBlockPublicAccessExclusions'] as const)(
    'is unknown without %s',
    (operation) => {
      const shop = blocked()
      const diagnosis = diagnosed(aws.withError(aws.jsonOf(shop.world), operation), shop.loadBalancer)
      expect(codes(diagnosis)).toEqual([])
      expect(missingFor(diagnosis, code)).toEqual([operation])
    },
  )
})
