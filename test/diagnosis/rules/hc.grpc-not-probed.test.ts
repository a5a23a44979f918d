import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { checkoutGrpc } from '../../fixtures/themes/checkout-grpc.ts'
import { parcelTracking } from '../../fixtures/themes/parcel-tracking.ts'
import { bakeryGrpc } from '../bakery-grpc.ts'
import { causeOf, codes, diagnosed, missingFor, reasonAgainst } from '../diagnosed.ts'
import { findingOf } from '../findings.ts'

const code = 'hc.grpc-not-probed'

describe(code, () => {
  it('is a low finding about healthy targets', () => {
    const { world, targetGroup, taskDefinition } = checkoutGrpc({ grpcCheck: 'none' })
    const finding = findingOf(world)
    expect(finding.severity).toBe('low')
    expect(finding.subject.arn).toBe(targetGroup)
    expect(finding.rootCause).toMatchObject({
      code,
      confidence: 'likely',
      title:
        'Nobody would see it if gRPC container grpc of checkout:41 hung: checkout-nginx checks over TCP, and the container has no health check',
      component: { type: 'container', id: 'checkout/grpc' },
      evidence: [
        { field: 'HealthCheckProtocol', observed: 'TCP' },
        {
          operation: 'ecs:DescribeTaskDefinition',
          resource: taskDefinition,
          field: 'containerDefinitions[grpc].portMappings',
        },
        { field: 'containerDefinitions[grpc].healthCheck', observed: undefined, expected: 'a gRPC probe' },
      ],
    })
  })

  it('is proven where the task definition says grpc', () => {
    const { world, targetGroup, taskDefinition } = checkoutGrpc({ grpcCheck: 'none' })
    const grpc = aws.taskDefinitionOf(world, taskDefinition).containerDefinitions?.[1]
    Object.assign(grpc?.portMappings?.[0] ?? {}, { appProtocol: 'grpc' })
    expect(causeOf(diagnosed(world, targetGroup), code).confidence).toBe('proven')
  })

  it('is mended by a probe in the container, which depends on the image', () => {
    const { world, targetGroup } = checkoutGrpc({ grpcCheck: 'none' })
    expect(causeOf(diagnosed(world, targetGroup), code).fixes).toMatchObject([
      {
        verifiable: false,
        patches: [
          {
            kind: 'container-definition',
            containerName: 'grpc',
            container: {
              healthCheck: { command: ['CMD', '/bin/grpc_health_probe', '-addr=127.0.0.1:50051'] },
            },
          },
        ],
      },
    ])
  })

  it('counts a check that is turned off as none', () => {
    const { world, targetGroup } = checkoutGrpc({ grpcCheck: { command: ['NONE'] } })
    expect(codes(diagnosed(world, targetGroup))).toEqual([code])
  })

  it('is never the cause of a failing check', () => {
    const { world, targetGroup, nlbGroup } = checkoutGrpc({ grpcCheck: 'none' })
    aws.setHealth(world, targetGroup, aws.health.failed)
    aws.setEgress(world, nlbGroup)
    const finding = findingOf(world)
    expect(finding.rootCause.code).toBe('net.lb-sg-egress')
    expect(finding.otherCauses.at(-1)?.code).toBe(code)
  })

  it('is not: a gRPC container with a check of its own', () => {
    const { world, targetGroup } = checkoutGrpc()
    const diagnosis = diagnosed(world, targetGroup)
    expect(codes(diagnosis)).toEqual([])
    expect(reasonAgainst(diagnosis, code)).toBe('the gRPC container has a health check of its own')
  })

  it('is not: a target group that speaks gRPC itself', () => {
    const { world, targetGroup } = bakeryGrpc()
    expect(reasonAgainst(diagnosed(world, targetGroup), code)).toBe('the target group checks over gRPC')
  })

  it('is not: a gateway that speaks HTTP, or another TCP service', () => {
    const { world, targetGroup, taskDefinition } = checkoutGrpc({ grpcCheck: 'none' })
    const grpc = aws.taskDefinitionOf(world, taskDefinition).containerDefinitions?.[1]
    Object.assign(grpc ?? {}, {
      image: 'checkout/grpc-gateway:2',
      name: 'grpc-gateway',
      portMappings: [{ containerPort: 8080 }],
    })
    expect(codes(diagnosed(world, targetGroup))).not.toContain(code)
    const parcels = parcelTracking()
    expect(codes(diagnosed(parcels.world, parcels.targetGroup))).toEqual([])
  })

  it('is unknown without the task definition', () => {
    const { world, targetGroup } = checkoutGrpc({ grpcCheck: 'none' })
    const diagnosis = diagnosed(aws.withError(aws.jsonOf(world), 'ecs:DescribeTaskDefinition'), targetGroup)
    expect(codes(diagnosis)).toEqual([])
    expect(missingFor(diagnosis, code)).toEqual(['ecs:DescribeTaskDefinition'])
  })
})
