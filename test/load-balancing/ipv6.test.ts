/** Dualstack load balancers, IPv6 clients and IPv6 target groups. */
import { describe, expect, it } from 'vitest'
import * as aws from '../fixtures/index.ts'
import { type TeaHouseOptions, teaHouse } from '../fixtures/themes/tea-house.ts'
import { asked, codesOf, missingOf, without } from './asked.ts'

type House = ReturnType<typeof teaHouse>

const NODES = '2001:db8:80:1::/64'
const GUESTS = '2001:db8:80:2::/64'

/** Everybody in the tea house gets an IPv6 address beside the other one. */
function dualstack(options: TeaHouseOptions = {}) {
  const house = teaHouse({ ipAddressType: 'dualstack', ...options })
  const { world, vpc, loadBalancer, kettles, waiter, publicTable, internetGateway } = house
  const give = (nic: string, address: string): void => {
    Object.assign(aws.interfaceOf(world, nic), { Ipv6Addresses: [{ Ipv6Address: address }] })
  }
  for (const [i, nic] of aws.loadBalancerInterfaces(world, loadBalancer).entries())
    give(nic, `2001:db8:80:1::${i + 1}`)
  for (const [i, kettle] of kettles.entries())
    give(aws.instanceInterface(world, kettle), `2001:db8:80:3::${i + 1}`)
  give(waiter, '2001:db8:80:2::1')
  const everything = [aws.allow(100), aws.allow(101, { cidr: '::/0' })]
  const acl = aws.defaultAclOf(world, vpc).NetworkAclId
  aws.setAclEntries(world, acl, { ingress: everything, egress: everything })
  const Ipv6CidrBlock = '2001:db8:80::/56'
  Object.assign(aws.vpcOf(world, vpc), { Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock }] })
  for (const { Routes } of world.routeTables) Routes.push(aws.localRoute(Ipv6CidrBlock))
  aws.addRoute(world, publicTable, aws.route('::/0', internetGateway))
  const open = [aws.tcp(443).fromAnywhere(), aws.tcp(443).fromCidr('::/0')]
  aws.setIngress(world, house.nlbGroup, ...open)
  aws.setEgress(world, house.nlbGroup, aws.allowAll(), aws.allTraffic().toCidr('::/0'))
  aws.setEgress(world, house.waiterGroup, aws.allowAll(), aws.allTraffic().toCidr('::/0'))
  return house
}

const ask = (house: House, from = '2001:db8:80:2::1', change?: Parameters<typeof asked>[2]) =>
  asked(house.world, { from, to: house.loadBalancer, port: 443 }, change)

const admit = ({ world, kettleGroup }: House, ...cidrs: string[]) =>
  aws.setIngress(world, kettleGroup, ...cidrs.map((cidr) => aws.tcp(8443).fromCidr(cidr)))

/** The target group has IPv6 targets. */
function sixthGroup(options: TeaHouseOptions = {}): House {
  const house = dualstack({ targetType: 'ip', ...options })
  const { world, targetGroup, kettles } = house
  aws.targetGroupOf(world, targetGroup).IpAddressType = 'ipv6'
  kettles.forEach((kettle, i) => {
    aws.deregisterTarget(world, targetGroup, aws.instanceAddress(world, kettle))
    aws.registerTarget(world, targetGroup, { id: `2001:db8:80:3::${i + 1}`, port: 8443 })
  })
  return house
}

describe('an IPv6 client of a dualstack load balancer', () => {
  it('reaches IPv4 targets by translation, which see the load balancer’s IPv4 address', () => {
    const house = dualstack()
    admit(house, '10.80.0.0/23')
    expect(ask(house).verdict).toBe('reachable')
    admit(house, GUESTS)
    expect(ask(house).verdict).toBe('blocked')
  })

  it('is seen by IPv6 targets where clients’ addresses are preserved', () => {
    const house = sixthGroup({ targetGroupAttributes: { 'preserve_client_ip.enabled': 'true' } })
    admit(house, GUESTS)
    expect(ask(house).verdict).toBe('reachable')
    admit(house, NODES)
    expect(ask(house).verdict).toBe('blocked')
  })

  it('must be admitted by the load balancer’s group as such', () => {
    const house = dualstack()
    aws.setIngress(house.world, house.nlbGroup, aws.tcp(443).fromAnywhere())
    expect(ask(house).verdict).toBe('blocked')
  })

  it('does not reach a load balancer without IPv6 addresses', () => {
    const { world, loadBalancer } = teaHouse()
    const { verdict, unknown } = asked(world, { from: '2001:db8:99::1', to: loadBalancer, port: 443 })
    expect(verdict).toBe('unknown')
    expect(unknown[0]?.because).toContain('no addresses of the same family')
  })
})

describe('an IPv6 target group', () => {
  it('is reached from the node’s IPv6 address, also for IPv4 clients', () => {
    const house = sixthGroup()
    admit(house, NODES)
    expect(ask(house, house.waiter).verdict).toBe('reachable')
    admit(house, '10.80.0.0/16')
    expect(ask(house, house.waiter).verdict).toBe('blocked')
  })

  it('reaches instances at their IPv6 addresses', () => {
    const house = dualstack({ targetGroupAttributes: { 'preserve_client_ip.enabled': 'false' } })
    aws.targetGroupOf(house.world, house.targetGroup).IpAddressType = 'ipv6'
    admit(house, NODES)
    expect(ask(house, house.waiter).verdict).toBe('reachable')
  })

  it('of instances is not known without its address type', () => {
    const house = dualstack()
    delete aws.targetGroupOf(house.world, house.targetGroup).IpAddressType
    const explanation = ask(house, house.waiter)
    expect(explanation.verdict).toBe('unknown')
    expect(missingOf(explanation)).toContain('elasticloadbalancing:DescribeTargetGroups')
  })

  it('is not known where the node’s IPv6 address was not told', () => {
    const house = sixthGroup()
    for (const nic of aws.loadBalancerInterfaces(house.world, house.loadBalancer))
      Object.assign(aws.interfaceOf(house.world, nic), { Ipv6Addresses: [] })
    const explanation = ask(house, house.waiter)
    expect(explanation.verdict).toBe('unknown')
    expect(missingOf(explanation)[0]).toBe('ec2:DescribeNetworkInterfaces')
  })
})

describe('the internet', () => {
  const openHouse = () => {
    const house = dualstack({ scheme: 'internet-facing' })
    admit(house, '0.0.0.0/0', '::/0')
    return house
  }

  it('comes to a dualstack load balancer by IPv4 and IPv6', () => {
    const house = openHouse()
    expect(ask(house, 'internet').verdict).toBe('reachable')
    aws.setIngress(house.world, house.nlbGroup, aws.tcp(443).fromAnywhere())
    expect(ask(house, 'internet').verdict).toBe('partial')
  })

  it('is not known where the IPv6 address of a node was not told', () => {
    const house = openHouse()
    const [nic = ''] = aws.loadBalancerInterfaces(house.world, house.loadBalancer)
    delete aws.interfaceOf(house.world, nic).Ipv6Addresses
    const explanation = ask(house, 'internet')
    expect(explanation.verdict).toBe('unknown')
    expect(missingOf(explanation)).toEqual(['ec2:DescribeNetworkInterfaces'])
  })

  it('is shut out of an internal one by default, whatever routes and groups say', () => {
    const explanation = ask(dualstack(), '2606:4700::1111')
    expect(explanation.verdict).toBe('blocked')
    expect(codesOf(explanation)).toEqual(['NO_POSSIBLE_DESTINATION'])
  })

  it('comes to an internal one that says so', () => {
    const loadBalancerAttributes = { 'ipv6.deny_all_igw_traffic': 'false' }
    expect(ask(dualstack({ loadBalancerAttributes }), '2606:4700::1111').verdict).toBe('reachable')
  })

  it('may be shut out where that was not told', () => {
    const operation = 'elasticloadbalancing:DescribeLoadBalancerAttributes'
    const explanation = ask(openHouse(), '2606:4700::1111', without(operation))
    expect(explanation.verdict).toBe('unknown')
    expect(missingOf(explanation)).toContain(operation)
  })
})
