/** NAT gateways: what they do not carry, translate in a way that is not analysed, or have no address for. */
import { describe, expect, it } from 'vitest'
import * as aws from '../fixtures/index.ts'
import { answer, publicMill, SOMEWHERE } from './public-mill.ts'

describe('a NAT gateway', () => {
  // https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html: "TCP, UDP, and ICMP"
  it.each([
    ['50', 'blocked'],
    ['47', 'blocked'],
    ['udp', 'reachable'],
    ['icmp', 'reachable'],
  ])('carries TCP, UDP and ICMP: protocol %s is %s', (protocol, verdict) => {
    const { world, nat, stone } = publicMill()
    const port = protocol === 'udp' ? { port: 443 } : { port: undefined }
    const asked = answer(world, { from: stone, to: SOMEWHERE, protocol, ...port })
    expect(asked.verdict).toBe(verdict)
    expect(asked.blockers).toEqual(verdict === 'blocked' ? [['forward', nat, 'PROTOCOL_RESTRICTION']] : [])
  })

  it('may translate IPv6: its own subnet is not asked for a route to the IPv6 address', () => {
    const world = aws.newWorld()
    const vpc = aws.vpc(world, { name: 'six', cidr: '10.20.0.0/16', ipv6Cidr: '2600:1f14:20::/56' })
    const [zone] = aws.twoZonesOf(world)
    const out = aws.subnet(world, { vpc, name: 'out', cidr: '10.20.0.0/24', zone })
    const cidrs = { cidr: '10.20.1.0/24', ipv6Cidr: '2600:1f14:20:1::/64' }
    const inner = aws.subnet(world, { vpc, name: 'inner', ...cidrs, zone })
    const gateway = aws.internetGateway(world, { vpc, name: 'six' })
    const nat = aws.natGateway(world, { subnet: out, name: 'six-nat' })
    const routes = [aws.route('64:ff9b::/96', nat)]
    aws.routeTable(world, { vpc, name: 'inner', subnets: [inner], routes })
    aws.routeTable(world, { vpc, name: 'out', subnets: [out], routes: [aws.route('0.0.0.0/0', gateway)] })
    const group = aws.securityGroup(world, {
      vpc,
      name: 'open',
      ingress: [aws.allowAll()],
      egress: [aws.allTraffic().toCidr('::/0')],
    })
    aws.networkInterface(world, {
      name: 'sixer',
      subnet: inner,
      groups: [group],
      ipv6Address: '2600:1f14:20:1::10',
    })
    expect(answer(world, { from: '2600:1f14:20:1::10', to: '64:ff9b::c633:6407' })).toEqual({
      verdict: 'unknown',
      blockers: [],
      missing: ['ec2:DescribeNatGateways'],
    })
  })

  it.each([
    ['without an address', []],
    ['without a public address', [{ PrivateIp: '10.20.0.77', IsPrimary: true }]],
    [
      'whose address failed',
      [{ PublicIp: '203.0.113.9', PrivateIp: '10.20.0.77', Status: 'failed' as const }],
    ],
  ])('that is public %s is not known to lead out', (_, addresses) => {
    const { world, stone } = publicMill()
    for (const one of world.natGateways) one.NatGatewayAddresses = addresses
    const { verdict, missing } = answer(world, { from: stone, to: SOMEWHERE })
    expect([verdict, missing]).toEqual(['unknown', ['ec2:DescribeNatGateways']])
  })

  it('that calls itself public leads out where its addresses are not told', () => {
    const { world, stone } = publicMill()
    for (const one of world.natGateways) delete one.NatGatewayAddresses
    expect(answer(world, { from: stone, to: SOMEWHERE }).verdict).toBe('reachable')
  })
})
