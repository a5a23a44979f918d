/** Traps of the catalogue that look like a cause and are another one, or none. */
import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { boxOffice } from '../../fixtures/themes/box-office.ts'
import { checkoutGrpc } from '../../fixtures/themes/checkout-grpc.ts'
import { answering, diagnosisOf } from '../bakery-checks.ts'
import { causeOf, codes, diagnosed } from '../diagnosed.ts'
import { findingsOf } from '../findings.ts'
import { bakeryShop, failToStart, firstContainer, printShop, says } from '../start-failures.ts'

type Press = ReturnType<typeof printShop>

/** Codes of the service's finding when ECS says so. */
function told(said: string, change: (shop: Press) => void = () => {}): readonly string[] {
  const shop = printShop()
  failToStart(shop, said)
  change(shop)
  return codes(diagnosed(shop.world, shop.service))
}

describe('tasks that do not start', () => {
  it('ecs.efs-mount: is not the way, where the file server itself refused', () => {
    const shop = bakeryShop()
    const group = aws.securityGroup(shop.world, { vpc: shop.vpc, name: 'recipes' })
    const id = aws.fileSystem(shop.world, { name: 'recipes', subnets: shop.privateSubnets, groups: [group] })
    aws.taskDefinitionOf(shop.world, shop.taskDefinition).volumes = [aws.efsVolume('recipes', id)]
    failToStart(
      shop,
      "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: stderr: b'mount.nfs4: access denied by server while mounting 127.0.0.1:/' : unsuccessful EFS utils command execution; code: 32",
    )
    const cause = causeOf(diagnosed(shop.world, shop.service), 'ecs.efs-mount')
    expect(cause.title).toContain('refuses')
    expect(cause.component.type).not.toBe('security-group')
  })

  it('ecs.exec-role-permission: is not the managed policy, where nothing asks for groups or secrets', () => {
    const said = told(says.ecrConnection, (shop) => {
      delete firstContainer(shop).secrets
      aws.putRolePolicy(shop.world, 'press-execution', 'secrets', aws.allowing('s3:ListBucket'))
    })
    expect(said).not.toContain('ecs.exec-role-permission')
  })

  it('ecs.image-not-found: is not an image of ECR Public, which DescribeImages does not hold', () => {
    const said = told(says.ecrConnection, (shop) =>
      Object.assign(firstContainer(shop), { image: 'public.ecr.aws/nginx/nginx:1.29' }),
    )
    expect(said).not.toContain('ecs.image-not-found')
  })

  it('ecs.log-group-missing: is not a group in the Region that the driver names', () => {
    const shop = printShop()
    failToStart(shop, says.ecrConnection)
    aws.removeLogGroup(shop.world, '/ecs/press')
    Object.assign(firstContainer(shop).logConfiguration?.options ?? {}, { 'awslogs-region': 'eu-west-1' })
    const abroad = aws.newWorld({ region: 'eu-west-1' })
    aws.logGroup(abroad, '/ecs/press')
    const json = aws.jsonOf(shop.world)
    const both = { ...json, scopes: [...json.scopes, ...aws.jsonOf(abroad).scopes] }
    expect(codes(diagnosed(both, shop.service))).not.toContain('ecs.log-group-missing')
  })

  it('ecs.secret-missing-or-malformed: is not a way that times out, nor a name alone, which is a parameter', () => {
    const said = told(says.secretsConnection, (shop) => {
      aws.parameter(shop.world, '/print-shop/ink')
      Object.assign(firstContainer(shop), { secrets: [{ name: 'INK', valueFrom: '/print-shop/ink' }] })
    })
    expect(said).not.toContain('ecs.secret-missing-or-malformed')
  })

  it('ecs.task-sg-egress: is not one rule to the endpoints and one to the list of S3', () => {
    expect(told(says.ecrConnection)).not.toContain('ecs.task-sg-egress')
  })

  it('ecs.vpce-policy: is not what the role was refused', () => {
    const said = told(says.loginRefused, ({ world }) => aws.detachPolicies(world, 'press-execution'))
    expect(said).toEqual(['ecs.exec-role-permission'])
  })
})

const integrationsOf = (resources: aws.World['resources'][string]) =>
  resources
    .flatMap(({ resourceMethods }) => Object.values(resourceMethods ?? {}))
    .flatMap(({ methodIntegration }) => methodIntegration ?? [])

describe('what a check or a caller meets', () => {
  it.each([
    ['http://seats.theatre.example/seats', 80],
    ['https://seats.theatre.example/seats', 443],
  ])('edge.api-gateway-listener-mismatch: is not %s to a listener on %i', (uri, port) => {
    const { world, nlb, restApi } = boxOffice()
    for (const one of world.listeners[nlb]?.Listeners ?? []) one.Port = port
    for (const integration of integrationsOf(world.resources[restApi] ?? [])) integration.uri = uri
    const [group = ''] = aws.loadBalancerOf(world, nlb).SecurityGroups ?? []
    aws.setIngress(world, group, aws.tcp(port).fromAnywhere())
    expect(codes(diagnosed(world, nlb))).not.toContain('edge.api-gateway-listener-mismatch')
  })

  it('edge.api-gateway-listener-mismatch: is not an HTTP API that names the listener', () => {
    expect(findingsOf(boxOffice().world)).toEqual([])
  })

  it('hc.auth-401-403: is not a listener that asks for a login, which health checks do not meet', () => {
    const shop = answering([404])
    for (const one of shop.world.listeners[shop.loadBalancer]?.Listeners ?? [])
      one.DefaultActions?.unshift({ Type: 'authenticate-oidc', Order: 1 })
    expect(codes(diagnosisOf(shop))).toEqual(['hc.path-404'])
  })

  it('net.cross-vpc: is not an instance’s address in another VPC, registered with the zone all', () => {
    const { world, vpc, targetGroup } = bakeryShop()
    const annex = aws.vpc(world, { name: 'annex', cidr: '10.9.0.0/16' })
    const subnet = aws.subnet(world, { vpc: annex, name: 'annex', cidr: '10.9.0.0/24', zone: 'a' })
    const instance = aws.instance(world, { name: 'annex', subnet, groups: [] })
    aws.peering({ world, vpc }, { world, vpc: annex }, 'annex')
    const id = aws.instanceAddress(world, instance)
    aws.registerTarget(world, targetGroup, { id, port: 8000, zone: 'all', health: aws.health.timeout })
    expect(codes(diagnosed(world, targetGroup))).not.toContain('net.cross-vpc')
  })

  it('net.lb-sg-egress: is not a port of its own for the check, which is another cause', () => {
    const { world, albGroup, webGroup, targetGroup } = bakeryShop()
    aws.setEgress(world, albGroup, aws.tcp(8000).toGroup(webGroup))
    aws.targetGroupOf(world, targetGroup).HealthCheckPort = '9000'
    for (const target of world.targetHealth[targetGroup]?.TargetHealthDescriptions ?? [])
      target.HealthCheckPort = '9000'
    aws.setHealth(world, targetGroup, aws.health.timeout)
    expect(codes(diagnosed(world, targetGroup))[0]).toBe('net.hc-port-not-opened')
  })

  it('net.lb-sg-egress: is not a Network Load Balancer without groups', () => {
    const { world, loadBalancer, targetGroup } = checkoutGrpc()
    delete aws.loadBalancerOf(world, loadBalancer).SecurityGroups
    aws.setHealth(world, targetGroup, aws.health.failed)
    expect(codes(diagnosed(world, targetGroup))).not.toContain('net.lb-sg-egress')
  })
})
