import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { parcelTracking } from '../../fixtures/themes/parcel-tracking.ts'
import { answering, bakeryShop, diagnosisOf, withoutHealthField } from '../bakery-checks.ts'
import { defineWeb } from '../bakery-tasks.ts'
import { causeOf, codes, diagnosed, missingFor, observed, reasonAgainst } from '../diagnosed.ts'
import { findingOf } from '../findings.ts'

const code = 'hc.path-404'

describe(code, () => {
  it('is proven by 404, and is the root cause with the network ruled out', () => {
    const shop = answering([404])
    const finding = findingOf(shop.world)
    expect(finding.rootCause).toMatchObject({
      code,
      confidence: 'proven',
      title: 'Health check of bakery-web asks /health and gets 404; the matcher accepts 200',
      component: { type: 'target-group', id: shop.targetGroup, name: 'bakery-web' },
      evidence: [
        {
          operation: 'elasticloadbalancing:DescribeTargetHealth',
          observed: {
            Reason: 'Target.ResponseCodeMismatch',
            Description: 'Health checks failed with these codes: [404]',
          },
        },
        {
          operation: 'elasticloadbalancing:DescribeTargetGroups',
          resource: shop.targetGroup,
          field: 'HealthCheckPath',
          observed: '/health',
          expected: 'a path that answers 200',
        },
        { field: 'Matcher', observed: { HttpCode: '200' } },
      ],
    })
    expect(finding.otherCauses).toEqual([])
    expect(finding.ruledOut.map((item) => item.code)).toEqual(
      expect.arrayContaining(['net.lb-sg-egress', 'net.target-sg-ingress', 'hc.port-mismatch']),
    )
  })

  it('asks for a path that only a person knows, and never calls that verified', () => {
    const [remediation] = findingOf(answering([404]).world).remediation
    expect(remediation?.verified).toBe(false)
    expect(remediation?.steps[0]?.cli.join()).toContain("--health-check-path '<path that answers 200>'")
  })

  it('proposes the path that the container’s own check asks with success', () => {
    const shop = bakeryShop({ desired: 0 })
    defineWeb(shop, {
      healthCheck: aws.containerHealthCheck('curl -f http://localhost:8000/healthz || exit 1'),
    })
    aws.runTask(shop.world, { service: shop.service, name: 'checked', subnet: shop.privateSubnets[0] })
    aws.setHealth(shop.world, shop.targetGroup, aws.wrongCode(404))
    expect(causeOf(diagnosisOf(shop), code).fixes[0]?.patches).toMatchObject([
      { kind: 'target-group-settings', settings: { HealthCheckPath: '/healthz' } },
    ])
  })

  it('is told beside a redirect where targets answer both, as one that comes now and then', () => {
    const diagnosis = diagnosisOf(answering([404, 301]))
    expect(codes(diagnosis)).toEqual([code, 'hc.redirect-3xx'])
    expect(causeOf(diagnosis, code)).toMatchObject({ partial: true, confidence: 'proven' })
    expect(causeOf(diagnosis, code).title).toContain('gets 404;')
  })

  it.each([
    ['Health checks failed with these codes: [404]'],
    ['Health checks failed with these codes: 404'],
    ['health checks failed with code [404] '],
  ])('reads “%s”', (Description) => {
    const shop = answering([404])
    aws.setHealth(shop.world, shop.targetGroup, { ...aws.wrongCode(404), Description })
    expect(codes(diagnosisOf(shop))).toEqual([code])
  })

  it('is likely with another code of a path that does not serve GET', () => {
    expect(causeOf(diagnosisOf(answering([405])), code)).toMatchObject({
      confidence: 'likely',
      title: 'Health check of bakery-web asks /health and gets 405; the matcher accepts 200',
    })
  })

  it('with a good code that the matcher leaves out, the matcher is to be widened', () => {
    const cause = causeOf(diagnosisOf(answering([204])), code)
    expect(cause.confidence).toBe('likely')
    expect(cause.fixes[0]?.patches).toMatchObject([{ settings: { Matcher: { HttpCode: '200,204' } } }])
  })

  it.each(['200,404', '200-499'])('is only possible when the matcher (%s) accepts 404 by now', (HttpCode) => {
    const cause = causeOf(diagnosisOf(answering([404], { healthCheck: { Matcher: { HttpCode } } })), code)
    expect(cause.confidence).toBe('possible')
    expect(cause.title).toContain(`which the matcher (${HttpCode}) accepts by now: its settings were changed`)
  })

  it('explains only the targets that answer so', () => {
    const shop = answering([404])
    const [first = ''] = shop.tasks
    aws.setHealth(shop.world, shop.targetGroup, aws.health.healthy, aws.taskAddress(shop.world, first))
    expect(causeOf(diagnosisOf(shop), code).targets).toHaveLength(1)
  })

  it('is unknown for the HTTP check of a Network Load Balancer, which never tells a code', () => {
    const { world, targetGroup } = parcelTracking()
    Object.assign(aws.targetGroupOf(world, targetGroup), {
      HealthCheckProtocol: 'HTTP',
      HealthCheckPath: '/missing',
      Matcher: { HttpCode: '200-399' },
    })
    aws.setHealth(world, targetGroup, aws.health.failed)
    const diagnosis = diagnosed(world, targetGroup)
    expect(codes(diagnosis)).not.toContain(code)
    expect(diagnosis.unknown).toContainEqual({
      code,
      class: 'response',
      missing: 'elasticloadbalancing:DescribeTargetHealth',
      because: 'a Network Load Balancer does not tell which status code it got',
    })
  })

  it('is not: a TCP check, which asks for no code', () => {
    const { world, targetGroup } = parcelTracking()
    aws.setHealth(world, targetGroup, aws.health.failed)
    expect(reasonAgainst(diagnosed(world, targetGroup), code)).toContain('a TCP check only connects')
  })

  it('is not: healthy targets, whatever the path', () => {
    expect(codes(diagnosisOf(bakeryShop({ healthCheck: { HealthCheckPath: '/' } })))).toEqual([])
  })

  it('is ruled out by another code', () => {
    expect(reasonAgainst(diagnosisOf(answering([500])), code)).toBe(
      'the targets answer 500, not 404 or another code of a wrong path',
    )
  })

  it('is unknown when the description tells no code', () => {
    const shop = answering([404])
    const diagnosis = diagnosed(withoutHealthField(shop.world, 'Description'), shop.targetGroup)
    expect(codes(diagnosis)).toEqual([])
    expect(missingFor(diagnosis, code)).toEqual(['elasticloadbalancing:DescribeTargetHealth'])
  })

  it('does not guess a matcher that was not told', () => {
    const shop = answering([404])
    const json = aws.patched(aws.jsonOf(shop.world), ({ responses }) => {
      const { TargetGroups } = responses['elasticloadbalancing:DescribeTargetGroups'] as {
        TargetGroups: { Matcher?: unknown }[]
      }
      for (const group of TargetGroups) delete group.Matcher
    })
    const cause = causeOf(diagnosed(json, shop.targetGroup), code)
    expect(cause.title).toContain('the matcher was not told')
    expect(observed(cause, 'Matcher')).toBeUndefined()
  })
})
