/** Health checks of an Application Load Balancer that is the target of a Network Load Balancer. */
import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { bakeryShop } from '../../fixtures/themes/bakery-shop.ts'
import { codes, diagnosed, missingFor } from '../diagnosed.ts'
import { findingsOf } from '../findings.ts'

/** The bakery's load balancer behind one with fixed addresses, whose checks fail. */
function wholesale(port = 80) {
  const shop = bakeryShop()
  const { world, vpc, privateSubnets } = shop
  const nlbGroup = aws.securityGroup(world, { vpc, name: 'bakery-counter' })
  const counter = aws.networkLoadBalancer(world, {
    name: 'bakery-counter',
    subnets: privateSubnets,
    scheme: 'internal',
    groups: [nlbGroup],
  })
  const behind = aws.targetGroup(world, {
    name: 'bakery-alb',
    vpc,
    port,
    protocol: 'TCP',
    targetType: 'alb',
  })
  aws.registerTarget(world, behind, { id: shop.loadBalancer, port, health: aws.health.failed })
  aws.listener(world, { loadBalancer: counter, port: 8080, targetGroup: behind })
  return { ...shop, counter, behind, nlbGroup }
}

const rootOf = ({ world, behind }: ReturnType<typeof wholesale>) =>
  findingsOf(world).find(({ subject }) => subject.arn === behind)

describe('an ALB as a target', () => {
  it('whose group does not admit the Network Load Balancer is blocked there, and admitted by the cure', () => {
    const shop = wholesale()
    aws.setIngress(shop.world, shop.albGroup, aws.tcp(80).fromCidr('203.0.113.0/24'))
    const finding = rootOf(shop)
    expect(finding?.rootCause).toMatchObject({
      code: 'net.target-sg-ingress',
      confidence: 'proven',
      component: { id: shop.albGroup },
    })
    expect(finding?.remediation[0]?.verified).toBe(true)
  })

  it('is not reached where the Network Load Balancer’s group lets nothing out', () => {
    const shop = wholesale()
    aws.setEgress(shop.world, shop.nlbGroup)
    expect(rootOf(shop)?.rootCause).toMatchObject({
      code: 'net.lb-sg-egress',
      component: { id: shop.nlbGroup },
    })
  })

  it('answers on the ports of its listeners only', () => {
    const { world, behind } = wholesale(81)
    const found = diagnosed(world, behind)
    expect(codes(found)).toContain('hc.port-mismatch')
    const untold = aws.withError(aws.jsonOf(world), 'elasticloadbalancing:DescribeListeners')
    expect(missingFor(diagnosed(untold, behind), 'hc.port-mismatch')).toEqual([
      'elasticloadbalancing:DescribeListeners',
    ])
  })

  it.each([
    ['a listener came without its port', [{ ListenerArn: 'untold', Protocol: 'HTTP' }]],
    ['the answer holds no list', undefined],
  ])('may have a listener there when %s', (_, Listeners) => {
    const { world, behind, loadBalancer } = wholesale(81)
    const told = aws.jsonOf(world)
    const listeners = told.scopes[0]?.responses['elasticloadbalancing:DescribeListeners'] as Record<
      string,
      object
    >
    listeners[loadBalancer] = { Listeners }
    const found = diagnosed(told, behind)
    expect(codes(found)).not.toContain('hc.port-mismatch')
    expect(missingFor(found, 'hc.port-mismatch')).toEqual(['elasticloadbalancing:DescribeListeners'])
  })

  it('of whose nodes one has no address that is told is not known to be open', () => {
    const { world, behind, albGroup } = wholesale()
    const node = world.networkInterfaces.find(({ Groups }) => Groups?.[0]?.GroupId === albGroup)
    Object.assign(node ?? {}, { PrivateIpAddress: undefined, PrivateIpAddresses: undefined })
    expect(missingFor(diagnosed(world, behind), 'net.target-sg-ingress')).toEqual([
      'ec2:DescribeNetworkInterfaces',
    ])
  })

  it('that is open is not called an application that does not answer', () => {
    const { world, behind } = wholesale()
    expect(codes(diagnosed(world, behind))).toEqual([])
  })
})
