import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { answering, bakeryShop, diagnosisOf, withoutHealthField } from '../bakery-checks.ts'
import { causeOf, codes, diagnosed, missingFor, reasonAgainst } from '../diagnosed.ts'
import { findingOf } from '../findings.ts'

const code = 'hc.redirect-3xx'

describe(code, () => {
  it.each([301, 302, 307, 308])('is proven by %i', (status) => {
    const finding = findingOf(answering([status]).world)
    expect(finding.rootCause).toMatchObject({
      code,
      confidence: 'proven',
      title: `Health check of bakery-web asks /health and gets ${status}; the matcher accepts 200`,
      component: { type: 'target-group', name: 'bakery-web' },
      evidence: [{ field: 'TargetHealth' }, { field: 'HealthCheckPath' }, { field: 'Matcher' }],
    })
  })

  it('would rather ask another path than accept redirects, and warns of those', () => {
    const [first, second] = causeOf(diagnosisOf(answering([302])), code).fixes
    expect(first?.patches).toMatchObject([
      { settings: { HealthCheckPath: '<path that answers 200 without a redirect>' } },
    ])
    expect(second?.patches).toMatchObject([{ settings: { Matcher: { HttpCode: '200-399' } } }])
    expect(second?.title).toContain('broken page then looks healthy')
    expect([first?.verifiable, second?.verifiable]).toEqual([false, false])
  })

  it('is not: TLS that ends at the load balancer', () => {
    const shop = bakeryShop()
    aws.listener(shop.world, {
      loadBalancer: shop.loadBalancer,
      port: 443,
      protocol: 'HTTPS',
      targetGroup: shop.targetGroup,
      certificate: `arn:aws:acm:ap-northeast-1:111122223333:certificate/1`,
    })
    expect(codes(diagnosisOf(shop))).toEqual([])
  })

  it('is not: another code', () => {
    expect(reasonAgainst(diagnosisOf(answering([404])), code)).toBe('the targets answer 404, not a redirect')
  })

  it('is only possible when the matcher accepts redirects by now', () => {
    const shop = answering([302], { healthCheck: { Matcher: { HttpCode: '200-399' } } })
    expect(causeOf(diagnosisOf(shop), code).confidence).toBe('possible')
  })

  it('is unknown when the description tells no code', () => {
    const shop = answering([302])
    const diagnosis = diagnosed(withoutHealthField(shop.world, 'Description'), shop.targetGroup)
    expect(missingFor(diagnosis, code)).toEqual(['elasticloadbalancing:DescribeTargetHealth'])
  })
})
