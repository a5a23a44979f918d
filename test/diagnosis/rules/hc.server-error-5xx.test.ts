import { describe, expect, it } from 'vitest'
import { answering, diagnosisOf, withoutHealthField } from '../bakery-checks.ts'
import { causeOf, codes, diagnosed, missingFor, reasonAgainst } from '../diagnosed.ts'
import { findingOf, ruledOutCodes } from '../findings.ts'

const code = 'hc.server-error-5xx'

describe(code, () => {
  it('is proven by 5xx, says where the application logs and never blames the network', () => {
    const finding = findingOf(answering([500, 503]).world)
    expect(finding.rootCause).toMatchObject({
      code,
      confidence: 'proven',
      title: 'Health check of bakery-web asks /health and gets 500 and 503; the matcher accepts 200',
    })
    expect(finding.rootCause.evidence).toContainEqual(
      expect.objectContaining({
        operation: 'ecs:DescribeTaskDefinition',
        field: 'containerDefinitions[web].logConfiguration',
        observed: expect.objectContaining({ 'awslogs-group': '/ecs/bakery-web' }),
      }),
    )
    expect(ruledOutCodes(finding)).toEqual(expect.arrayContaining(['net.nacl', 'net.target-sg-ingress']))
  })

  it('would check liveness without dependencies, not widen the matcher', () => {
    const { fixes } = causeOf(diagnosisOf(answering([503])), code)
    expect(fixes.map(({ verifiable }) => verifiable)).toEqual([false, false])
    expect(fixes.flatMap(({ patches }) => patches)).toMatchObject([
      { settings: { HealthCheckPath: '<path that answers without asking a database or another service>' } },
    ])
  })

  it('is not: a code of the client’s', () => {
    const diagnosis = diagnosisOf(answering([404]))
    expect(codes(diagnosis)).not.toContain(code)
    expect(reasonAgainst(diagnosis, code)).toContain('not a server error')
  })

  it('is unknown when the description tells no code', () => {
    const shop = answering([500])
    const diagnosis = diagnosed(withoutHealthField(shop.world, 'Description'), shop.targetGroup)
    expect(missingFor(diagnosis, code)).toEqual(['elasticloadbalancing:DescribeTargetHealth'])
  })
})
