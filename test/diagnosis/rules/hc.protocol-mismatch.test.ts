import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { parcelTracking } from '../../fixtures/themes/parcel-tracking.ts'
import { answering, bakeryShop, diagnosisOf, refusing, withoutSetting } from '../bakery-checks.ts'
import { bakeryGrpc } from '../bakery-grpc.ts'
import { causeOf, codes, diagnosed, missingFor, reasonAgainst } from '../diagnosed.ts'
import { findingOf } from '../findings.ts'

const code = 'hc.protocol-mismatch'

/** The parcel tracker's NLB checks over HTTP and gets no answer that it takes. */
function parcelsOverHttp(attributes: Readonly<Record<string, string>> = {}) {
  const tracking = parcelTracking()
  const { world, targetGroup } = tracking
  Object.assign(aws.targetGroupOf(world, targetGroup), { HealthCheckProtocol: 'HTTP', HealthCheckPath: '/' })
  const list = world.targetGroupAttributes[targetGroup]?.Attributes ?? []
  for (const attribute of list) attribute.Value = attributes[attribute.Key ?? ''] ?? attribute.Value
  aws.setHealth(world, targetGroup, aws.health.failed)
  return tracking
}

describe(code, () => {
  it.each([
    ['HTTP', 8443, 'where TLS is usual', 'HTTPS'],
    ['HTTPS', 8080, 'where plain HTTP is usual', 'HTTP'],
  ] as const)('is likely when %s on port %i is refused', (protocol, port, why, other) => {
    const shop = refusing({ port, healthCheck: { HealthCheckProtocol: protocol } })
    const finding = findingOf(shop.world)
    expect(finding.rootCause).toMatchObject({
      code,
      confidence: 'likely',
      title: `Health check of bakery-web speaks to the target over ${protocol} on port ${port}, ${why}`,
      component: { type: 'target-group', id: shop.targetGroup },
      evidence: [
        { field: 'HealthCheckProtocol', observed: protocol, expected: other },
        { field: 'HealthCheckPort', observed: port },
        { field: 'TargetHealth' },
      ],
    })
    expect(causeOf(diagnosisOf(shop), code).fixes[0]).toMatchObject({
      verifiable: false,
      patches: [{ settings: { HealthCheckProtocol: other } }],
    })
  })

  it('is only possible when the check times out over an open path', () => {
    const shop = bakeryShop({ port: 8443 })
    aws.setHealth(shop.world, shop.targetGroup, aws.health.timeout)
    expect(causeOf(diagnosisOf(shop), code).confidence).toBe('possible')
  })

  it('says nothing of a target that no check reaches', () => {
    const shop = bakeryShop({ port: 8443 })
    aws.setHealth(shop.world, shop.targetGroup, aws.health.timeout)
    aws.setEgress(shop.world, shop.albGroup)
    const diagnosis = diagnosisOf(shop)
    expect(codes(diagnosis)).toEqual(['net.lb-sg-egress'])
    expect(diagnosis.ruledOut.map((item) => item.code)).not.toContain(code)
  })

  it('is likely when HTTP/1.1 checks a port that the task definition declares as gRPC', () => {
    const shop = bakeryGrpc({}, { protocolVersion: 'HTTP1' })
    aws.setHealth(shop.world, shop.targetGroup, aws.health.failed)
    const cause = causeOf(diagnosisOf(shop), code)
    expect(cause).toMatchObject({
      confidence: 'likely',
      title:
        'Health check of bakery-oven speaks to the target with protocol version HTTP1 on port 50051, which the task definition declares as gRPC',
      evidence: [
        { field: 'ProtocolVersion', observed: 'HTTP1', expected: 'GRPC' },
        { operation: 'ecs:DescribeTaskDefinition' },
        {},
      ],
    })
    expect(cause.fixes[0]?.manual?.cli[0]).toContain('--protocol-version GRPC')
  })

  it('is possible when a proxy protocol header stands in front of a Network Load Balancer’s HTTP check', () => {
    const { world, targetGroup } = parcelsOverHttp({ 'proxy_protocol_v2.enabled': 'true' })
    const cause = causeOf(diagnosed(world, targetGroup), code)
    expect(cause).toMatchObject({
      confidence: 'possible',
      evidence: [
        {
          operation: 'elasticloadbalancing:DescribeTargetGroupAttributes',
          field: 'proxy_protocol_v2.enabled',
          observed: 'true',
        },
        {},
      ],
    })
  })

  it('is not: a check over TLS of a target with any certificate, while it answers', () => {
    const shop = answering([404], { port: 8080, healthCheck: { HealthCheckProtocol: 'HTTPS' } })
    const diagnosis = diagnosisOf(shop)
    expect(codes(diagnosis)).toEqual(['hc.path-404'])
    expect(reasonAgainst(diagnosis, code)).toBe('the target answers in the protocol of the check')
  })

  it('is not: a healthy check whose protocol differs from the traffic’s', () => {
    expect(codes(diagnosisOf(bakeryShop({ port: 8443 })))).toEqual([])
  })

  it('is not: a Network Load Balancer’s check over TLS, of a target that may speak TLS 1.3 only', () => {
    const { world, targetGroup, taskDefinition, trackerGroup } = parcelsOverHttp()
    const settings = { HealthCheckProtocol: 'HTTPS' as const, HealthCheckPort: '8443' }
    Object.assign(aws.targetGroupOf(world, targetGroup), settings)
    for (const one of world.targetHealth[targetGroup]?.TargetHealthDescriptions ?? [])
      one.HealthCheckPort = settings.HealthCheckPort
    const [container] = aws.taskDefinitionOf(world, taskDefinition).containerDefinitions ?? []
    container?.portMappings?.push({ containerPort: 8443, hostPort: 8443, protocol: 'tcp' })
    aws.setIngress(world, trackerGroup, aws.tcp(8443).fromCidr('10.30.0.0/16'))
    const diagnosis = diagnosed(world, targetGroup)
    expect(codes(diagnosis)).toEqual(['app.not-answering'])
    expect(reasonAgainst(diagnosis, code)).toContain('TLS 1.3')
  })

  it('is not: a TCP check', () => {
    const { world, targetGroup } = parcelTracking()
    aws.setHealth(world, targetGroup, aws.health.failed)
    expect(reasonAgainst(diagnosed(world, targetGroup), code)).toContain('a TCP check only connects')
  })

  it('is not: gRPC that is declared and checked as such', () => {
    const shop = bakeryGrpc()
    aws.setHealth(shop.world, shop.targetGroup, aws.health.failed)
    expect(codes(diagnosisOf(shop))).not.toContain(code)
  })

  it('is unknown when the check’s protocol is not told', () => {
    const shop = refusing({ port: 8443 })
    const diagnosis = diagnosed(withoutSetting(shop, 'HealthCheckProtocol'), shop.targetGroup)
    expect(codes(diagnosis)).not.toContain(code)
    expect(missingFor(diagnosis, code)).toEqual(['elasticloadbalancing:DescribeTargetGroups'])
  })

  it('is unknown without the attributes, behind a Network Load Balancer', () => {
    const { world, targetGroup } = parcelsOverHttp()
    const json = aws.withError(aws.jsonOf(world), 'elasticloadbalancing:DescribeTargetGroupAttributes')
    const diagnosis = diagnosed(json, targetGroup)
    expect(codes(diagnosis)).not.toContain(code)
    expect(missingFor(diagnosis, code)).toEqual(['elasticloadbalancing:DescribeTargetGroupAttributes'])
  })
})
