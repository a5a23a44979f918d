import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { dnsResolver } from '../../fixtures/themes/dns-resolver.ts'
import { parcelTracking } from '../../fixtures/themes/parcel-tracking.ts'
import { causeOf, codes, diagnosed, missingFor, reasonAgainst } from '../diagnosed.ts'
import { findingOf, findingsOf } from '../findings.ts'

const code = 'hc.udp-needs-tcp-port'

function unanswered(options: Parameters<typeof dnsResolver>[0] = { healthPort: 'none' }) {
  const names = dnsResolver(options)
  aws.setHealth(names.world, names.targetGroup, aws.health.failed)
  return names
}

describe(code, () => {
  it('is proven when a TCP check over an open path meets a port that serves UDP only', () => {
    const { world, targetGroup } = unanswered()
    const finding = findingOf(world)
    expect(finding.rootCause).toMatchObject({
      code,
      confidence: 'proven',
      title:
        'Target group names-resolver (UDP) is checked over TCP on port 53, where container unbound serves UDP only; traffic may still flow, since a load balancer without a healthy target sends to all',
      component: { type: 'target-group', id: targetGroup },
      evidence: [
        { field: 'Protocol', observed: 'UDP' },
        { operation: 'elasticloadbalancing:DescribeTargetHealth', field: 'HealthCheckPort', observed: 53 },
        { operation: 'ecs:DescribeTaskDefinition', expected: 'a mapping of tcp 53' },
        { field: 'TargetHealth', observed: { State: 'unhealthy' } },
      ],
    })
    expect(finding.targets).toHaveLength(2)
  })

  it('comes first, but only likely, where the way to that port is closed, too: opening it would cure nothing', () => {
    const { world, targetGroup, resolverGroup } = unanswered()
    aws.setIngress(world, resolverGroup, aws.udp(53).fromCidr('10.0.0.0/8'))
    const diagnosis = diagnosed(world, targetGroup)
    expect(diagnosis.causes).toMatchObject([
      { code, confidence: 'likely' },
      { code: 'net.nlb-source-not-allowed', confidence: 'proven' },
    ])
    const commands = findingOf(world).remediation.flatMap(({ steps }) => steps.flatMap(({ cli }) => cli))
    expect(commands.join()).toContain('modify-target-group')
    expect(commands.join()).not.toContain('authorize-security-group-ingress')
  })

  describe('without ECS', () => {
    const plain = (protocol: 'UDP' | 'TCP_UDP') => {
      const { world, targetGroup } = unanswered()
      Object.assign(aws.targetGroupOf(world, targetGroup), { Protocol: protocol })
      Object.assign(world, { clusters: [], services: [], tasks: [] })
      return diagnosed(world, targetGroup)
    }

    it('is likely where nothing answers TCP on the port of the UDP traffic', () => {
      const cause = causeOf(plain('UDP'), code)
      expect(cause).toMatchObject({ confidence: 'likely', fixes: [{ verifiable: false }] })
      expect(cause.title).toContain('is checked over TCP on port 53, the port of its UDP traffic')
    })

    it('is not: a group that serves TCP on the same port', () => {
      expect(codes(plain('TCP_UDP'))).toEqual(['app.not-answering'])
    })
  })

  it('asks for a TCP port that only a person knows', () => {
    const { world, targetGroup } = unanswered()
    expect(causeOf(diagnosed(world, targetGroup), code).fixes[0]).toMatchObject({
      verifiable: false,
      patches: [
        {
          settings: {
            HealthCheckPort: '<TCP port of a container or sidecar that answers>',
            HealthCheckProtocol: 'TCP',
          },
        },
      ],
    })
  })

  it('proposes the TCP port that the task serves beside it', () => {
    const names = unanswered({ healthPort: 8080 })
    const { world, targetGroup } = names
    Object.assign(aws.targetGroupOf(world, targetGroup), { HealthCheckPort: 'traffic-port' })
    for (const target of world.targetHealth[targetGroup]?.TargetHealthDescriptions ?? [])
      target.HealthCheckPort = '53'
    expect(causeOf(diagnosed(world, targetGroup), code).fixes[0]).toMatchObject({
      verifiable: true,
      patches: [{ settings: { HealthCheckPort: '8080' } }],
    })
  })

  it('is not: a UDP service with a TCP port for checks', () => {
    expect(findingsOf(dnsResolver().world)).toEqual([])
    const { world, targetGroup } = unanswered({ healthPort: 8080 })
    const diagnosis = diagnosed(world, targetGroup)
    expect(codes(diagnosis)).not.toContain(code)
    expect(reasonAgainst(diagnosis, code)).toBe('the checked port 8080 is not one that serves UDP only')
  })

  it('is not: port 53 mapped for TCP as well', () => {
    const { world, targetGroup, taskDefinition } = unanswered()
    const [unbound] = aws.taskDefinitionOf(world, taskDefinition).containerDefinitions ?? []
    unbound?.portMappings?.push({ containerPort: 53, hostPort: 53, protocol: 'tcp' })
    expect(codes(diagnosed(world, targetGroup))).not.toContain(code)
  })

  it('does not apply to a TCP group', () => {
    const { world, targetGroup } = parcelTracking()
    aws.setHealth(world, targetGroup, aws.health.failed)
    const diagnosis = diagnosed(world, targetGroup)
    expect([...diagnosis.ruledOut, ...diagnosis.unknown].map((item) => item.code)).not.toContain(code)
  })

  it('is unknown without the task definition', () => {
    const { world, targetGroup } = unanswered()
    const diagnosis = diagnosed(
      aws.withoutOperation(aws.jsonOf(world), 'ecs:DescribeTaskDefinition'),
      targetGroup,
    )
    expect(codes(diagnosis)).not.toContain(code)
    expect(missingFor(diagnosis, code)).toEqual(['ecs:DescribeTaskDefinition'])
  })
})
