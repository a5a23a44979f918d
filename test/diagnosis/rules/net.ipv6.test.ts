import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { bakeryShop } from '../../fixtures/themes/bakery-shop.ts'
import { causeOf, codes, diagnosed, missingFor, reasonAgainst } from '../diagnosed.ts'
import { findingOf, findingsOf } from '../findings.ts'

const code = 'net.ipv6'
const BLOCK = '2001:db8:40::/56'

/** The bakery's load balancer and its tasks have IPv6 addresses as well, and ACLs and routes let them. */
function dualstack() {
  const shop = bakeryShop()
  const { world, vpc, loadBalancer, tasks } = shop
  aws.loadBalancerOf(world, loadBalancer).IpAddressType = 'dualstack'
  const give = (nic: string, address: string): void => {
    Object.assign(aws.interfaceOf(world, nic), { Ipv6Addresses: [{ Ipv6Address: address }] })
  }
  for (const [i, nic] of aws.loadBalancerInterfaces(world, loadBalancer).entries())
    give(nic, `2001:db8:40::${i + 1}`)
  for (const [i, task] of tasks.entries()) give(aws.taskInterface(world, task), `2001:db8:40:3::${i + 1}`)
  Object.assign(aws.vpcOf(world, vpc), { Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock: BLOCK }] })
  for (const { Routes } of world.routeTables) Routes.push(aws.localRoute(BLOCK))
  const everything = [aws.allow(100), aws.allow(101, { cidr: '::/0' })]
  const acl = aws.defaultAclOf(world, vpc).NetworkAclId
  aws.setAclEntries(world, acl, { ingress: everything, egress: everything })
  return shop
}

/** The targets are registered, and checked, by their IPv6 addresses. */
function sixth() {
  const shop = dualstack()
  const { world, targetGroup, tasks } = shop
  aws.targetGroupOf(world, targetGroup).IpAddressType = 'ipv6'
  for (const [i, task] of tasks.entries()) {
    aws.deregisterTarget(world, targetGroup, aws.taskAddress(world, task))
    const ipv6Address = `2001:db8:40:3::${i + 1}`
    for (const { networkInterfaces } of aws.taskOf(world, task).containers ?? [])
      Object.assign(networkInterfaces?.[0] ?? {}, { ipv6Address })
    aws.registerTarget(world, targetGroup, { id: ipv6Address, port: 8000 })
  }
  aws.setHealth(world, targetGroup, aws.health.timeout)
  return shop
}

describe(code, () => {
  it('a dualstack load balancer that admits every IPv4 address and no IPv6 address', () => {
    const shop = dualstack()
    const finding = findingOf(shop.world)
    expect(finding.subject.kind).toBe('load-balancer')
    expect(finding.rootCause).toMatchObject({
      code,
      confidence: 'proven',
      title:
        'Load balancer bakery answers over IPv6, but its security group admits every IPv4 address and no IPv6 address to HTTP 80',
      component: { id: shop.albGroup },
    })
    expect(finding.remediation[0]).toMatchObject({ verified: true })
    expect(finding.remediation[0]?.steps[0]?.cli[0]).toContain('::/0')
  })

  it('IPv6 targets that admit IPv4 addresses only', () => {
    const shop = sixth()
    aws.setIngress(shop.world, shop.webGroup, aws.tcp(8000).fromCidr('10.0.0.0/16'))
    const cause = causeOf(diagnosed(shop.world, shop.targetGroup), code)
    expect(cause).toMatchObject({ confidence: 'proven', component: { id: shop.webGroup } })
    expect(cause.title).toContain('over IPv4 only, and the targets are checked over IPv6')
    const finding = findingsOf(shop.world).find(({ subject }) => subject.arn === shop.targetGroup)
    expect(finding?.rootCause.code).toBe(code)
    expect(finding?.remediation[0]).toMatchObject({ verified: true })
  })

  it('is not: an IPv4 target group behind a dualstack load balancer, whose targets need no IPv6 rule', () => {
    const shop = dualstack()
    aws.setIngress(shop.world, shop.albGroup, aws.tcp(80).fromAnywhere(), aws.tcp(80).fromCidr('::/0'))
    aws.setIngress(shop.world, shop.webGroup, aws.tcp(8000).fromCidr('10.0.0.0/16'))
    expect(findingsOf(shop.world)).toEqual([])
    expect(reasonAgainst(diagnosed(shop.world, shop.loadBalancer), code)).toContain(
      'admit IPv6 clients as well',
    )
  })

  it('is not: rules that refer to a group match both families', () => {
    const shop = sixth()
    expect(codes(diagnosed(shop.world, shop.targetGroup))).not.toContain(code)
  })

  it('is not: a list of some IPv4 addresses, which may be all the clients there are', () => {
    const shop = dualstack()
    aws.setIngress(shop.world, shop.albGroup, aws.tcp(80).fromCidr('203.0.113.0/24'))
    expect(findingsOf(shop.world)).toEqual([])
  })

  it.each(['ec2:DescribeSecurityGroups', 'elasticloadbalancing:DescribeListeners'] as const)(
    'is unknown for clients without %s',
    (operation) => {
      const shop = dualstack()
      const diagnosis = diagnosed(aws.withError(aws.jsonOf(shop.world), operation), shop.loadBalancer)
      expect(missingFor(diagnosis, code)).toEqual([operation])
    },
  )

  it('is unknown for checks without ec2:DescribeSecurityGroups', () => {
    const shop = sixth()
    const json = aws.withError(aws.jsonOf(shop.world), 'ec2:DescribeSecurityGroups')
    expect(missingFor(diagnosed(json, shop.targetGroup), code)).toEqual(['ec2:DescribeSecurityGroups'])
  })
})
