/** Targets of a Network Load Balancer that see the clients' addresses. */
import { describe, expect, it } from 'vitest'
import * as aws from '../fixtures/index.ts'
import { type TeaHouseOptions, teaHouse } from '../fixtures/themes/tea-house.ts'
import { asked, codesOf, missingOf, without } from './asked.ts'

const PRESERVE = 'preserve_client_ip.enabled'

type House = ReturnType<typeof teaHouse>

const ask = (house: House, change?: Parameters<typeof asked>[2]) =>
  asked(house.world, { from: house.waiter, to: house.loadBalancer, port: 443 }, change)

/** The kettles admit these only. */
function kettlesAdmit(options: TeaHouseOptions, ...rules: ((house: House) => aws.Permission)[]): House {
  const house = teaHouse(options)
  aws.setIngress(house.world, house.kettleGroup, ...rules.map((rule) => rule(house)))
  return house
}

const fromGuests = () => aws.tcp(8443).fromCidr('10.80.20.0/24')
const fromNodes = () => aws.tcp(8443).fromCidr('10.80.0.0/23')

describe('the target’s security group', () => {
  it('meets the client’s address', () => {
    expect(ask(kettlesAdmit({}, fromGuests)).verdict).toBe('reachable')
    expect(ask(kettlesAdmit({ doorGroup: false }, fromNodes)).verdict).toBe('blocked')
  })

  it('meets the load balancer’s address where clients’ are not preserved', () => {
    const off = { targetGroupAttributes: { [PRESERVE]: 'false' } }
    expect(ask(kettlesAdmit(off, fromGuests)).verdict).toBe('blocked')
    expect(ask(kettlesAdmit(off, fromNodes)).verdict).toBe('reachable')
  })

  it('may refer to the load balancer’s group, although the address is the client’s', () => {
    const house = kettlesAdmit({}, ({ nlbGroup }) => aws.tcp(8443).fromGroup(nlbGroup))
    expect(ask(house).verdict).toBe('reachable')
  })

  it('cannot refer to the group of a load balancer that has none', () => {
    const house = kettlesAdmit({ doorGroup: false }, ({ nlbGroup }) => aws.tcp(8443).fromGroup(nlbGroup))
    expect(ask(house).verdict).toBe('blocked')
  })

  it('that refers to the client’s group may match or not', () => {
    const house = kettlesAdmit({}, ({ waiterGroup }) => aws.tcp(8443).fromGroup(waiterGroup))
    const { verdict, unknown, blockers } = ask(house)
    expect({ verdict, blockers }).toEqual({ verdict: 'unknown', blockers: [] })
    expect(unknown[0]).toEqual({
      missing: 'ec2:DescribeSecurityGroups',
      because: `whether rules of ${house.kettleGroup} that refer to the client's security groups match a client address that a Network Load Balancer preserves is not documented`,
    })
  })

  it('that was not collected leaves it unknown', () => {
    const house = teaHouse()
    const explanation = ask(house, (json) =>
      aws.withoutItem(json, 'ec2:DescribeSecurityGroups', house.kettleGroup),
    )
    expect(explanation.verdict).toBe('unknown')
    expect(missingOf(explanation)).toContain('ec2:DescribeSecurityGroups')
  })
})

describe('the load balancer’s own groups', () => {
  it('must let traffic out to the target', () => {
    const house = teaHouse()
    aws.setEgress(house.world, house.nlbGroup, aws.tcp(443).toAnywhere())
    const { verdict, blockers } = ask(house)
    expect(verdict).toBe('blocked')
    expect(blockers).toMatchObject([
      {
        awsExplanationCode: 'ENI_SG_RULES_MISMATCH',
        direction: 'egress',
        component: { id: house.nlbGroup },
        blocked: { destinationPorts: '8443' },
      },
    ])
  })

  it('must let the client in', () => {
    const house = teaHouse()
    aws.setIngress(house.world, house.nlbGroup, aws.tcp(443).fromCidr('10.99.0.0/16'))
    expect(ask(house).verdict).toBe('blocked')
  })
})

describe('network ACLs', () => {
  /** The kettles' subnets get an ACL of their own. */
  function withAcl(
    ingress: readonly aws.Entry[],
    egress: readonly aws.Entry[],
    options: TeaHouseOptions = {},
  ): House {
    const house = teaHouse(options)
    const { world, vpc, privateSubnets } = house
    aws.networkAcl(world, { vpc, name: 'tea-kitchen', subnets: privateSubnets, ingress, egress })
    return house
  }

  it('of the target’s subnet see the client’s address, there and back', () => {
    const guests = '10.80.20.0/24'
    const there = aws.allow(100, { ports: 8443, cidr: guests })
    const back = aws.allow(100, { ports: [1024, 65535], cidr: guests })
    expect(ask(withAcl([there], [back])).verdict).toBe('reachable')
    expect(codesOf(ask(withAcl([aws.allow(100, { ports: 8443, cidr: '10.80.0.0/23' })], [back])))).toEqual([
      'SUBNET_ACL_RESTRICTION',
    ])
    const explanation = ask(withAcl([there], [aws.allow(100, { ports: [32768, 65535], cidr: guests })]))
    expect(explanation.verdict).toBe('partial')
    expect(explanation.blockers).toMatchObject([{ leg: 'return', blocked: { sourcePorts: '1024-32767' } }])
  })

  it.each([
    ['the client’s own ports, which go on unchanged', 'TCP', 'reachable'],
    ['the load balancer’s ports where that ends TLS', 'TLS', 'partial'],
  ] as const)('see %s', (_name, protocol, verdict) => {
    const high = [aws.allow(100, { ports: [32768, 65535] })]
    const house = withAcl([aws.allow(100)], high, { protocol })
    const query = { from: house.waiter, to: house.loadBalancer, port: 443, sourcePort: '40000-41000' }
    expect(asked(house.world, query).verdict).toBe(verdict)
  })
})

describe('replies', () => {
  /** The internet's answers would leave the kettles' subnets by the NAT gateway, were it for their route table. */
  const publicHouse = (options: TeaHouseOptions = {}) => {
    const house = teaHouse({ scheme: 'internet-facing', ...options })
    aws.setIngress(house.world, house.kettleGroup, aws.tcp(8443).fromAnywhere())
    return house
  }
  const fromInternet = ({ world, loadBalancer }: House, change?: Parameters<typeof asked>[2]) =>
    asked(world, { from: 'internet', to: loadBalancer, port: 443 }, change)

  it('go back through the load balancer, whatever the target’s route table says', () => {
    const explanation = fromInternet(publicHouse())
    expect(explanation.verdict).toBe('reachable')
    expect(explanation.return.map(({ explanation: said }) => said)).toContainEqual(
      expect.stringMatching(/^replies to 1\.0\.0\.0 go back through the load balancer/),
    )
  })

  it('of public addresses that only the target’s ACL denies make it partial', () => {
    const house = publicHouse()
    const { world, vpc, privateSubnets } = house
    const denied = aws.deny(50, { cidr: '198.51.100.0/24' })
    const ingress = [denied, aws.allow(100)]
    aws.networkAcl(world, {
      vpc,
      name: 'tea-kitchen',
      subnets: privateSubnets,
      ingress,
      egress: [aws.allow(100)],
    })
    expect(fromInternet(house).verdict).toBe('partial')
  })

  it('of public addresses that only the target’s group admits make it partial', () => {
    const house = publicHouse()
    aws.setIngress(house.world, house.kettleGroup, aws.tcp(8443).fromCidr('198.51.100.0/24'))
    expect(fromInternet(house).verdict).toBe('partial')
  })
})

describe('whether clients’ addresses are preserved', () => {
  it.each([
    { targetType: 'instance', protocol: 'TCP', seen: 'client' },
    { targetType: 'instance', protocol: 'TLS', seen: 'client' },
    { targetType: 'ip', protocol: 'TCP', seen: 'load balancer' },
    { targetType: 'ip', protocol: 'TLS', seen: 'load balancer' },
    { targetType: 'ip', protocol: 'TCP_UDP', seen: 'client' },
  ] as const)('targets by $targetType over $protocol see the $seen', ({ targetType, protocol, seen }) => {
    const house = kettlesAdmit({ targetType, protocol, doorGroup: false }, fromGuests)
    // Without the attribute, AWS's default holds.
    for (const { Attributes } of Object.values(house.world.targetGroupAttributes))
      Attributes.splice(
        Attributes.findIndex(({ Key }) => Key === PRESERVE),
        1,
      )
    expect(ask(house).verdict).toBe(seen === 'client' ? 'reachable' : 'blocked')
  })

  it.each(['UDP', 'QUIC'] as const)('targets by address over %s always see the client', (protocol) => {
    const house = teaHouse({ targetType: 'ip', protocol, doorGroup: false })
    aws.setIngress(house.world, house.kettleGroup, aws.udp(8443).fromCidr('10.80.20.0/24'))
    const query = { from: house.waiter, to: house.loadBalancer, port: 443, protocol: 'udp' }
    expect(asked(house.world, query).verdict).toBe('reachable')
  })

  it('is not known without the attributes, where it makes a difference', () => {
    const operation = 'elasticloadbalancing:DescribeTargetGroupAttributes'
    const explanation = ask(kettlesAdmit({}, fromGuests), without(operation))
    expect(explanation.verdict).toBe('unknown')
    expect(missingOf(explanation)).toContain(operation)
  })

  it('does not have to be known where both addresses are admitted', () => {
    const operation = 'elasticloadbalancing:DescribeTargetGroupAttributes'
    expect(ask(teaHouse(), without(operation)).verdict).toBe('reachable')
  })
})

describe('a target that is its own client', () => {
  const fromKettle = (house: House) =>
    asked(house.world, { from: house.kettles[0] ?? '', to: house.loadBalancer, port: 443 })

  it('never gets its own calls back, and gets through to the others', () => {
    const house = teaHouse({ targetGroupAttributes: { 'load_balancing.cross_zone.enabled': 'true' } })
    const explanation = fromKettle(house)
    expect(explanation.verdict).toBe('partial')
    expect(explanation.blockers).toMatchObject([
      {
        awsExplanationCode: 'ELBV2_SOURCE_ADDRESS_PRESERVATION',
        component: { type: 'load-balancer', id: house.loadBalancer },
        explanation: expect.stringContaining('is client and target at once'),
      },
    ])
  })

  it('alone never gets through', () => {
    expect(fromKettle(teaHouse({ kettles: 1 })).verdict).toBe('blocked')
  })

  it('gets through where clients’ addresses are not preserved', () => {
    const house = teaHouse({ targetGroupAttributes: { [PRESERVE]: 'false' } })
    expect(fromKettle(house).verdict).toBe('reachable')
  })
})

describe('a target in another VPC', () => {
  /** Sugar stands in a VPC of its own and admits the guests. */
  function withSugar(peered: boolean, region?: string) {
    const house = teaHouse({ targetType: 'ip', targetGroupAttributes: { [PRESERVE]: 'true' } })
    const { world, vpc, targetGroup, publicTable } = house
    for (const { Target } of [...(world.targetHealth[targetGroup]?.TargetHealthDescriptions ?? [])])
      aws.deregisterTarget(world, targetGroup, Target?.Id ?? '')
    const other = region === undefined ? world : aws.newWorld({ region })
    const far = aws.vpc(other, { name: 'sugar', cidr: '10.81.0.0/16' })
    const subnet = aws.subnet(other, { vpc: far, name: 'sugar', cidr: '10.81.1.0/24', zone: 'a' })
    const ingress = [aws.tcp(8443).fromCidr('10.80.20.0/24')]
    const group = aws.securityGroup(other, { vpc: far, name: 'sugar', ingress })
    const nic = aws.networkInterface(other, { name: 'sugar', subnet, groups: [group] })
    if (peered) {
      const pcx = aws.peering({ world, vpc }, { world: other, vpc: far }, 'tea-sugar')
      aws.addRoute(world, publicTable, aws.route('10.81.0.0/16', pcx))
    }
    aws.registerTarget(world, targetGroup, { id: aws.addressOf(other, nic), port: 8443, zone: 'all' })
    const worlds = world === other ? [world] : [world, other]
    return (change?: Parameters<typeof asked>[2]) =>
      asked(worlds, { from: house.waiter, to: house.loadBalancer, port: 443 }, change)
  }

  it('of the same Region that is peered gets traffic, and needs no route back', () => {
    expect(withSugar(true)().verdict).toBe('reachable')
  })

  it('that is not peered gets none', () => {
    const explanation = withSugar(false)()
    expect(explanation.verdict).toBe('blocked')
    expect(codesOf(explanation)).toEqual(['ELBV2_SOURCE_ADDRESS_PRESERVATION'])
  })

  it('of another Region gets none, peered or not', () => {
    const explanation = withSugar(true, 'eu-west-1')()
    expect(explanation.verdict).toBe('blocked')
    expect(codesOf(explanation)).toEqual(['ELBV2_SOURCE_ADDRESS_PRESERVATION'])
  })

  it('is not known where peering connections were not told', () => {
    const operation = 'ec2:DescribeVpcPeeringConnections'
    const explanation = withSugar(true)(without(operation))
    expect(explanation.verdict).toBe('unknown')
    expect(missingOf(explanation)).toContain(operation)
  })
})

describe('an address that nobody we know holds', () => {
  function atWarehouse(change: (house: House) => void = () => {}) {
    const house = teaHouse({ targetType: 'ip', kettles: 1, targetGroupAttributes: { [PRESERVE]: 'true' } })
    for (const kettle of house.kettles)
      aws.deregisterTarget(house.world, house.targetGroup, aws.instanceAddress(house.world, kettle))
    aws.registerTarget(house.world, house.targetGroup, { id: '172.16.5.5', port: 8443, zone: 'all' })
    change(house)
    return ask(house)
  }

  it('outside of the VPC gets nothing where the VPC has no peers', () => {
    const explanation = atWarehouse()
    expect(explanation.verdict).toBe('blocked')
    expect(codesOf(explanation)).toEqual(['ELBV2_SOURCE_ADDRESS_PRESERVATION'])
  })

  it('may lie in a peered VPC', () => {
    const explanation = atWarehouse(({ world, vpc, publicTable }) => {
      const far = aws.vpc(world, { name: 'tins', cidr: '172.16.0.0/16' })
      const pcx = aws.peering({ world, vpc }, { world, vpc: far }, 'tea-tins')
      aws.addRoute(world, publicTable, aws.route('172.16.0.0/16', pcx))
    })
    expect(codesOf(explanation)).not.toContain('ELBV2_SOURCE_ADDRESS_PRESERVATION')
    expect(explanation.verdict).toBe('unknown')
  })
})

describe('a target that cannot take clients’ addresses', () => {
  it('is the interface of a VPC endpoint', () => {
    const house = teaHouse({ targetType: 'ip', targetGroupAttributes: { [PRESERVE]: 'true' } })
    for (const kettle of house.kettles)
      aws.interfaceOf(house.world, aws.instanceInterface(house.world, kettle)).InterfaceType = 'vpc_endpoint'
    const explanation = ask(house)
    expect(explanation.verdict).toBe('blocked')
    expect(codesOf(explanation)).toEqual(['ELBV2_SOURCE_ADDRESS_PRESERVATION'])
  })
})
