import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { diagnosisOf, withoutHealthField } from '../bakery-checks.ts'
import { bakeryGrpc } from '../bakery-grpc.ts'
import { causeOf, codes, diagnosed, missingFor, reasonAgainst } from '../diagnosed.ts'
import { findingOf } from '../findings.ts'

const code = 'hc.grpc-unimplemented'

function answering(grpcCode: number, healthCheck: Parameters<typeof bakeryGrpc>[0] = {}) {
  const shop = bakeryGrpc(healthCheck)
  aws.setHealth(shop.world, shop.targetGroup, aws.wrongCode(grpcCode))
  return shop
}

describe(code, () => {
  it('is proven where the matcher wants 0 and nothing implements the health service', () => {
    const shop = answering(12, { Matcher: { GrpcCode: '0' } })
    expect(findingOf(shop.world).rootCause).toMatchObject({
      code,
      confidence: 'proven',
      title:
        'gRPC health check of bakery-oven asks /AWS.ALB/healthcheck and gets 12 (UNIMPLEMENTED); the matcher accepts 0',
      component: { type: 'target-group', id: shop.targetGroup },
      evidence: [
        { field: 'TargetHealth' },
        { field: 'HealthCheckPath' },
        { field: 'Matcher', observed: { GrpcCode: '0' } },
      ],
    })
    const { fixes } = causeOf(diagnosisOf(shop), code)
    expect(fixes.flatMap(({ patches }) => patches)).toMatchObject([
      { settings: { HealthCheckPath: '/grpc.health.v1.Health/Check', Matcher: { GrpcCode: '0' } } },
      { settings: { Matcher: { GrpcCode: '0,12' } } },
    ])
  })

  it('is proven where the service answers OK and the default matcher still wants 12', () => {
    const cause = causeOf(
      diagnosisOf(answering(0, { HealthCheckPath: '/grpc.health.v1.Health/Check' })),
      code,
    )
    expect(cause).toMatchObject({ confidence: 'proven' })
    expect(cause.title).toContain('gets 0 (OK); the matcher accepts 12')
    expect(cause.fixes[0]?.patches).toMatchObject([{ settings: { Matcher: { GrpcCode: '0' } } }])
  })

  it('names other codes of the service', () => {
    expect(causeOf(diagnosisOf(answering(14)), code).title).toContain('gets 14 (UNAVAILABLE)')
  })

  it('is not: the default, UNIMPLEMENTED accepted as healthy', () => {
    expect(codes(diagnosisOf(bakeryGrpc()))).toEqual([])
  })

  it('is not: an HTTP code', () => {
    const shop = answering(404)
    const diagnosis = diagnosisOf(shop)
    expect(codes(diagnosis)).toEqual(['hc.path-404'])
    expect(reasonAgainst(diagnosis, code)).toContain('the targets answer 404, not a gRPC code')
  })

  it('is unknown when the description tells no code', () => {
    const shop = answering(12, { Matcher: { GrpcCode: '0' } })
    const diagnosis = diagnosed(withoutHealthField(shop.world, 'Description'), shop.targetGroup)
    expect(codes(diagnosis)).not.toContain(code)
    expect(missingFor(diagnosis, code)).toEqual(['elasticloadbalancing:DescribeTargetHealth'])
  })
})
