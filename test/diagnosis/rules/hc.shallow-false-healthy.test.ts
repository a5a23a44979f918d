import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { checkoutGrpc } from '../../fixtures/themes/checkout-grpc.ts'
import { dnsResolver } from '../../fixtures/themes/dns-resolver.ts'
import { bakeryShop, diagnosisOf } from '../bakery-checks.ts'
import { defineWeb } from '../bakery-tasks.ts'
import { causeOf, codes, diagnosed, missingFor, reasonAgainst } from '../diagnosed.ts'
import { findingOf } from '../findings.ts'

const code = 'hc.shallow-false-healthy'

function checkedBy(command: string | readonly string[]) {
  const shop = bakeryShop()
  const healthCheck =
    typeof command === 'string'
      ? aws.containerHealthCheck(command)
      : { ...aws.containerHealthCheck(''), command: [...command] }
  defineWeb(shop, { healthCheck })
  return shop
}

/** A proxy with a page of its own in front of the shop, and the load balancer asks that page. */
function behindProxy({ path = '/', backend = {} as Parameters<typeof aws.container>[0]['more'] } = {}) {
  const shop = bakeryShop({ healthCheck: { HealthCheckPath: path } })
  const containers = aws.taskDefinitionOf(shop.world, shop.taskDefinition).containerDefinitions ?? []
  Object.assign(containers[0] ?? {}, { image: 'public.ecr.aws/docker/library/caddy:2', name: 'web' })
  containers.push(
    aws.container({ name: 'shop', image: 'bakery/shop:7', ports: [3000], ...(backend && { more: backend }) }),
  )
  return shop
}

/** The load balancer asks a sidecar, and nobody asks the resolver. */
function resolverBeside(sidecarPort: number | string, resolver: Partial<ContainerDefinition> = {}) {
  const names = dnsResolver()
  const { containerDefinitions } = aws.taskDefinitionOf(names.world, names.taskDefinition)
  const [unbound] = containerDefinitions ?? []
  Object.assign(unbound ?? {}, aws.container({ name: 'unbound', image: 'unbound:1.24', ports: ['53/udp'] }))
  Object.assign(unbound ?? {}, resolver)
  containerDefinitions?.push(aws.container({ name: 'metrics', image: 'exporter:2', ports: [sidecarPort] }))
  return names
}

describe(code, () => {
  it('is a low finding about healthy targets: curl without -f', () => {
    const shop = checkedBy('curl -s http://localhost:8000/health || exit 1')
    const finding = findingOf(shop.world)
    expect(finding.severity).toBe('low')
    expect(finding.rootCause).toMatchObject({
      code,
      confidence: 'likely',
      title:
        'The health check of container web of bakery-web:12 passes with any answer, since curl runs without -f',
      component: { type: 'container', id: 'bakery-web/web' },
      evidence: [
        {
          operation: 'ecs:DescribeTaskDefinition',
          resource: shop.taskDefinition,
          field: 'containerDefinitions[web].healthCheck.command',
          observed: ['CMD-SHELL', 'curl -s http://localhost:8000/health || exit 1'],
          expected: 'CMD-SHELL curl -f -s http://localhost:8000/health || exit 1',
        },
      ],
    })
  })

  it.each([
    [
      ['CMD', 'curl', 'http://localhost:8000/'],
      ['CMD', 'curl', '-f', 'http://localhost:8000/'],
    ],
    ['curl -f http://localhost:8000/ || true', ['CMD-SHELL', 'curl -f http://localhost:8000/ || exit 1']],
    ['wget -q http://localhost:8000/; exit 0', ['CMD-SHELL', 'wget -q http://localhost:8000/ || exit 1']],
  ])('mends %j', (command, mended) => {
    const [fix] = causeOf(diagnosisOf(checkedBy(command)), code).fixes
    expect(fix).toMatchObject({
      verifiable: false,
      patches: [{ containerName: 'web', container: { healthCheck: { command: mended, interval: 30 } } }],
    })
  })

  it('is possible where a proxy answers for a backend that nobody checks', () => {
    const shop = behindProxy()
    expect(causeOf(diagnosisOf(shop), code)).toMatchObject({
      confidence: 'possible',
      title: 'Health check of bakery-web asks proxy web only /; nothing checks container shop behind it',
      component: { type: 'target-group', id: shop.targetGroup },
      evidence: [
        { field: 'HealthCheckPath', observed: '/' },
        { field: 'containerDefinitions[web].image' },
        { field: 'containerDefinitions[shop].healthCheck', observed: undefined },
      ],
    })
  })

  it.each([
    'curl -f http://localhost:8000/health || exit 1',
    'curl -fsS http://localhost:8000/health || exit 1',
    'curl --fail --silent http://localhost:8000/health',
    'curl -s http://localhost:8000/health | grep -q ok',
    'test "$(curl -s -o /dev/null -w %{http_code} http://localhost:8000/health)" = 200',
    'wget -qO- http://localhost:8000/health || exit 1',
  ])('is not: %s', (command) => {
    const diagnosis = diagnosisOf(checkedBy(command))
    expect(codes(diagnosis)).toEqual([])
    expect(reasonAgainst(diagnosis, code)).toContain('no check was found that passes')
  })

  it('is not: "/" of the application itself', () => {
    expect(codes(diagnosisOf(bakeryShop({ healthCheck: { HealthCheckPath: '/' } })))).toEqual([])
  })

  it.each([
    ['a path that the proxy passes on', { path: '/api/health' }],
    [
      'a backend with a check of its own',
      { backend: { healthCheck: aws.containerHealthCheck('test -f /up') } },
    ],
    ['a sidecar without a port', { backend: { portMappings: [] } }],
    ['a sidecar that may end', { backend: { essential: false } }],
  ])('is not: a proxy with %s', (_, options) => {
    expect(codes(diagnosisOf(behindProxy(options)))).toEqual([])
  })

  it('is possible where a sidecar answers in place of a UDP service', () => {
    const names = resolverBeside(8080)
    const finding = findingOf(names.world)
    expect(finding.severity).toBe('low')
    expect(finding.rootCause).toMatchObject({
      code,
      confidence: 'possible',
      title:
        'Health check of names-resolver asks container metrics only; nothing checks container unbound, which serves UDP',
      component: { type: 'container', id: 'names-resolver/unbound' },
      evidence: [
        { field: 'HealthCheckPort', observed: '8080' },
        { field: 'containerDefinitions[metrics].portMappings' },
        { field: 'containerDefinitions[unbound].healthCheck', observed: undefined },
      ],
    })
  })

  it.each([
    ['a UDP service with a TCP port of its own', () => dnsResolver()],
    [
      'a UDP service with a check of its own',
      () => resolverBeside(8080, { healthCheck: aws.containerHealthCheck('dig @127.0.0.1 +fail') }),
    ],
    ['a sidecar that nobody asks', () => resolverBeside(9090)],
    ['a sidecar that speaks UDP, too', () => resolverBeside('8080/udp')],
  ])('is not: %s', (_, made) => {
    const { world, targetGroup } = made()
    expect(codes(diagnosed(world, targetGroup))).not.toContain(code)
  })

  it('leaves a gRPC backend to hc.grpc-not-probed', () => {
    const { world, targetGroup } = checkoutGrpc({ grpcCheck: 'none' })
    expect(codes(diagnosed(world, targetGroup))).toEqual(['hc.grpc-not-probed'])
  })

  it('is unknown without the task definition, which makes no finding', () => {
    const shop = checkedBy('curl http://localhost:8000/')
    const json = aws.withError(aws.jsonOf(shop.world), 'ecs:DescribeTaskDefinition')
    const diagnosis = diagnosed(json, shop.targetGroup)
    expect(codes(diagnosis)).toEqual([])
    expect(missingFor(diagnosis, code)).toEqual(['ecs:DescribeTaskDefinition'])
  })
})
