import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { answering, bakeryShop, diagnosisOf, withoutHealthField } from '../bakery-checks.ts'
import { defineWeb } from '../bakery-tasks.ts'
import { causeOf, codes, diagnosed, missingFor, observed, reasonAgainst } from '../diagnosed.ts'
import { findingOf } from '../findings.ts'

const code = 'hc.host-header-400'

describe(code, () => {
  it('is likely with 400, never proven', () => {
    const finding = findingOf(answering([400]).world)
    expect(finding.rootCause).toMatchObject({
      code,
      confidence: 'likely',
      component: { type: 'target-group', name: 'bakery-web' },
      evidence: [{ field: 'TargetHealth' }, { field: 'HealthCheckPath' }, { field: 'Matcher' }],
    })
    expect(finding.rootCause.title).toMatch(
      /^Health check of bakery-web asks \/health with Host 10\.0\.1\d\.\d+:8000 and gets 400, as from an application that allows only known hosts$/,
    )
  })

  it('names the setting of the framework, not its value', () => {
    const shop = bakeryShop({ desired: 0 })
    defineWeb(shop, {
      environment: [
        { name: 'DJANGO_ALLOWED_HOSTS', value: '<redacted>' },
        { name: 'PORT', value: '<redacted>' },
      ],
    })
    aws.runTask(shop.world, { service: shop.service, name: 'django', subnet: shop.privateSubnets[0] })
    aws.setHealth(shop.world, shop.targetGroup, aws.wrongCode(400))
    const cause = causeOf(diagnosisOf(shop), code)
    expect(observed(cause, 'containerDefinitions[web].environment')).toEqual(['DJANGO_ALLOWED_HOSTS'])
  })

  it('proposes nothing that would only mask it', () => {
    const { fixes } = causeOf(diagnosisOf(answering([400])), code)
    expect(fixes.flatMap(({ patches }) => patches)).toEqual([])
    expect(fixes[0]?.title).toBe(
      'Let the application answer /health for any Host header, or allow the targets’ subnets as hosts',
    )
  })

  it('comes after the protocol where plain HTTP is sent to a TLS port', () => {
    const diagnosis = diagnosisOf(answering([400], { port: 8443 }))
    expect(diagnosis.causes.map((cause) => [cause.code, cause.confidence])).toEqual([
      ['hc.protocol-mismatch', 'likely'],
      [code, 'possible'],
    ])
  })

  it('is not: 401', () => {
    const diagnosis = diagnosisOf(answering([401]))
    expect(codes(diagnosis)).toEqual(['hc.auth-401-403'])
    expect(reasonAgainst(diagnosis, code)).toContain('the targets answer 401')
  })

  it('is unknown when the description tells no code', () => {
    const shop = answering([400])
    const diagnosis = diagnosed(withoutHealthField(shop.world, 'Description'), shop.targetGroup)
    expect(codes(diagnosis)).not.toContain(code)
    expect(missingFor(diagnosis, code)).toEqual(['elasticloadbalancing:DescribeTargetHealth'])
  })
})
