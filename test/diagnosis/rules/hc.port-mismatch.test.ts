import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { parcelTracking } from '../../fixtures/themes/parcel-tracking.ts'
import { warehouseEc2 } from '../../fixtures/themes/warehouse-ec2.ts'
import { bakeryShop, diagnosisOf, refusing, withoutHealthField, withoutSetting } from '../bakery-checks.ts'
import { causeOf, codes, diagnosed, missingFor, observed, reasonAgainst } from '../diagnosed.ts'
import { findingOf } from '../findings.ts'

const code = 'hc.port-mismatch'
const admin = { HealthCheckPort: '9090' }

describe(code, () => {
  it('is likely where an ALB is refused on a port that no container maps', () => {
    const shop = refusing({ healthCheck: admin })
    const finding = findingOf(shop.world)
    expect(finding.rootCause).toMatchObject({
      code,
      confidence: 'likely',
      title:
        'Health check of bakery-web asks port 9090, but task definition bakery-web:12 maps only tcp 8000',
      component: { type: 'target-group', id: shop.targetGroup },
      evidence: [
        { operation: 'elasticloadbalancing:DescribeTargetHealth', field: 'HealthCheckPort', observed: 9090 },
        {
          operation: 'elasticloadbalancing:DescribeTargetGroups',
          field: 'HealthCheckPort',
          observed: '9090',
        },
        {
          operation: 'ecs:DescribeTaskDefinition',
          field: 'containerDefinitions[].portMappings',
          observed: [
            { name: 'web', portMappings: [{ containerPort: 8000, hostPort: 8000, protocol: 'tcp' }] },
          ],
          expected: 'a mapping of tcp 9090',
        },
        { field: 'TargetHealth' },
      ],
    })
    expect(finding.targets).toHaveLength(2)
  })

  it('is cured by checking the traffic port', () => {
    const [fix] = causeOf(diagnosisOf(refusing({ healthCheck: admin })), code).fixes
    expect(fix).toMatchObject({
      verifiable: true,
      patches: [{ kind: 'target-group-settings', settings: { HealthCheckPort: 'traffic-port' } }],
    })
    expect(findingOf(refusing({ healthCheck: admin }).world).remediation[0]).toMatchObject({ verified: true })
  })

  it('stands behind the security group that drops the check as well', () => {
    const shop = bakeryShop({ healthCheck: admin })
    aws.setHealth(shop.world, shop.targetGroup, aws.health.timeout)
    const diagnosis = diagnosisOf(shop)
    expect(diagnosis.causes[0]).toMatchObject({ code: 'net.hc-port-not-opened', confidence: 'proven' })
    expect(causeOf(diagnosis, code).confidence).toBe('possible')
  })

  it('is likely behind a Network Load Balancer when the path is proven open', () => {
    const { world, vpc, privateSubnets, trackerGroup, targetGroup } = parcelTracking()
    const cidrs = privateSubnets.map((id) => aws.subnetOf(world, id).CidrBlock)
    aws.setIngress(world, trackerGroup, ...cidrs.map((cidr) => aws.tcp(8080, 9090).fromCidr(cidr)))
    Object.assign(aws.targetGroupOf(world, targetGroup), admin)
    checkOn(world, targetGroup, '9090')
    aws.setHealth(world, targetGroup, aws.health.failed)
    expect(causeOf(diagnosed(world, targetGroup), code)).toMatchObject({ confidence: 'likely' })
    aws.setIngress(world, trackerGroup)
    expect(causeOf(diagnosed(world, targetGroup), code)).toMatchObject({ confidence: 'possible' })
    expect(vpc).toMatch(/^vpc-/)
  })

  it('compares a fixed port with the host ports that Docker bound', () => {
    const { world, targetGroup, hostGroup, albGroup } = warehouseEc2()
    aws.setIngress(world, hostGroup, aws.tcp(1, 65535).fromGroup(albGroup))
    Object.assign(aws.targetGroupOf(world, targetGroup), { HealthCheckPort: '3000' })
    checkOn(world, targetGroup, '3000')
    aws.setHealth(world, targetGroup, aws.health.failed)
    const cause = causeOf(diagnosed(world, targetGroup), code)
    expect(cause.title).toBe(
      'Health check of warehouse-stock asks port 3000, but the task behind it binds only tcp 32768',
    )
    expect(observed(cause, 'containers[].networkBindings')).toEqual([
      {
        name: 'stock',
        networkBindings: [{ bindIP: '0.0.0.0', containerPort: 3000, hostPort: 32768, protocol: 'tcp' }],
      },
    ])
  })

  it('is not: a default port of the target group that differs from the container’s', () => {
    const shop = refusing({ healthCheck: { Port: 80 } })
    const diagnosis = diagnosisOf(shop)
    expect(codes(diagnosis)).not.toContain(code)
    expect(reasonAgainst(diagnosis, code)).toBe('the tasks behind the targets serve the checked port 8000')
  })

  it('is not: a port of a range that is mapped', () => {
    const shop = refusing({ healthCheck: admin })
    const [web] = aws.taskDefinitionOf(shop.world, shop.taskDefinition).containerDefinitions ?? []
    web?.portMappings?.push({ containerPortRange: '9000-9100', protocol: 'tcp' })
    expect(codes(diagnosisOf(shop))).not.toContain(code)
  })

  it('is not: healthy targets, since any port can be listened on in awsvpc mode', () => {
    expect(codes(diagnosisOf(bakeryShop({ healthCheck: admin })))).not.toContain(code)
  })

  it('is not: targets that no ECS task stands behind', () => {
    const shop = refusing({ healthCheck: admin })
    shop.world.services.length = 0
    expect(codes(diagnosisOf(shop))).not.toContain(code)
  })

  it('is unknown without the task definition', () => {
    const shop = refusing({ healthCheck: admin })
    const json = aws.withError(aws.jsonOf(shop.world), 'ecs:DescribeTaskDefinition')
    const diagnosis = diagnosed(json, shop.targetGroup)
    expect(codes(diagnosis)).not.toContain(code)
    expect(missingFor(diagnosis, code)).toEqual(['ecs:DescribeTaskDefinition'])
  })

  it('is unknown without the services or tasks', () => {
    const shop = refusing({ healthCheck: admin })
    const without = (operation: 'ecs:DescribeServices' | 'ecs:DescribeTasks') =>
      missingFor(diagnosed(aws.withError(aws.jsonOf(shop.world), operation), shop.targetGroup), code)
    expect(without('ecs:DescribeServices')).toEqual(['ecs:DescribeServices'])
    expect(without('ecs:DescribeTasks')).toEqual(['ecs:DescribeTasks'])
  })

  it('is unknown when AWS tells no check port; "traffic-port" is not guessed', () => {
    const shop = refusing({ healthCheck: admin })
    const json = withoutHealthField(withoutSetting(shop, 'HealthCheckPort'), 'HealthCheckPort')
    const diagnosis = diagnosed(json, shop.targetGroup)
    expect(codes(diagnosis)).not.toContain(code)
    expect(missingFor(diagnosis, code)).toEqual(['elasticloadbalancing:DescribeTargetHealth'])
  })
})

/** Targets that were registered before their group got a check port of its own. */
function checkOn(world: aws.World, targetGroup: string, port: string): void {
  for (const target of world.targetHealth[targetGroup]?.TargetHealthDescriptions ?? [])
    target.HealthCheckPort = port
}
