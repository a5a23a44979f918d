import { describe, expect, it } from 'vitest'
import { answering, diagnosisOf, withoutHealthField } from '../bakery-checks.ts'
import { causeOf, codes, diagnosed, missingFor, reasonAgainst } from '../diagnosed.ts'
import { findingOf } from '../findings.ts'

const code = 'hc.auth-401-403'

describe(code, () => {
  it('is proven by 401', () => {
    const finding = findingOf(answering([401]).world)
    expect(finding.rootCause).toMatchObject({
      code,
      confidence: 'proven',
      title: 'Health check of bakery-web asks /health and gets 401; the matcher accepts 200',
      evidence: [
        { resource: expect.stringMatching(/^10\.0\./) },
        { field: 'HealthCheckPath' },
        { field: 'Matcher' },
      ],
    })
    expect(finding.otherCauses).toEqual([])
  })

  it('is likely with 403, beside the Host header', () => {
    const diagnosis = diagnosisOf(answering([403]))
    expect(diagnosis.causes.map((cause) => [cause.code, cause.confidence])).toEqual([
      [code, 'likely'],
      ['hc.host-header-400', 'possible'],
    ])
  })

  it('proposes a public path first, the matcher last', () => {
    const fixes = causeOf(diagnosisOf(answering([403])), code).fixes
    expect(fixes.flatMap(({ patches }) => patches)).toMatchObject([
      { settings: { HealthCheckPath: '<path that answers 200 without credentials>' } },
      { settings: { Matcher: { HttpCode: '200,403' } } },
    ])
  })

  it('is not: 404', () => {
    const diagnosis = diagnosisOf(answering([404]))
    expect(codes(diagnosis)).not.toContain(code)
    expect(reasonAgainst(diagnosis, code)).toBe('the targets answer 404, not 401 or 403')
  })

  it('is unknown when the description tells no code', () => {
    const shop = answering([401])
    const diagnosis = diagnosed(withoutHealthField(shop.world, 'Description'), shop.targetGroup)
    expect(codes(diagnosis)).toEqual([])
    expect(missingFor(diagnosis, code)).toEqual(['elasticloadbalancing:DescribeTargetHealth'])
  })
})
