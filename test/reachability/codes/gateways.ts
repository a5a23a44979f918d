/** Codes of internet gateways, NAT gateways, endpoints, virtual private gateways and edge route tables. */
import * as aws from '../../fixtures/index.ts'
import { ask, type CodeCase, mill } from './case.ts'

const INTERNET_HOST = '203.0.113.9'

/** The mill's first subnet is public, its second sends to a NAT gateway there. */
function publicMill(world: aws.World) {
  const made = mill(world)
  const { vpc, near, far, group } = made
  const internetGateway = aws.internetGateway(world, { vpc, name: 'mill' })
  const nat = aws.natGateway(world, { subnet: near, name: 'mill-nat' })
  const out = (name: string, subnet: string, target: string) =>
    aws.routeTable(world, { vpc, name, subnets: [subnet], routes: [aws.route('0.0.0.0/0', target)] })
  const publicTable = out('mill-public', near, internetGateway)
  const privateTable = out('mill-private', far, nat)
  const door = aws.networkInterface(world, {
    name: 'mill-door',
    subnet: near,
    groups: [group],
    publicIp: '198.51.100.20',
  })
  return { ...made, internetGateway, nat, publicTable, privateTable, door }
}

export const gatewayCases: readonly CodeCase[] = [
  {
    code: 'IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS',
    says: 'an interface without a public address',
    ask: (world) => ask(publicMill(world).wheel, INTERNET_HOST),
  },
  {
    code: 'IGW_PRIVATE_IP_ASSOCIATION_FOR_INGRESS',
    says: 'from the internet to an interface without a public address',
    ask: (world) => ask(INTERNET_HOST, publicMill(world).wheel),
  },
  {
    code: 'IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS',
    says: 'a private address takes the default route',
    ask: (world) => ask(publicMill(world).door, '192.168.7.7'),
  },
  {
    code: 'IGW_DESTINATION_ADDRESS_NOT_IN_RFC6598_EGRESS',
    says: 'an address of carriers takes the default route',
    ask: (world) => ask(publicMill(world).door, '100.64.7.7'),
  },
  {
    code: 'SG_REFERENCES_NOT_PRESERVED',
    says: 'a rule that refers to the sender’s group, behind a NAT gateway',
    ask: (world) => {
      const { vpc, near, far, stone, group } = mill(world)
      const nat = aws.privateNatGateway(world, { subnet: far, name: 'mill-nat' })
      const guarded = aws.securityGroup(world, {
        vpc,
        name: 'guarded',
        ingress: [aws.tcp(443).fromGroup(group)],
      })
      const cellar = aws.subnet(world, { vpc, name: 'mill-cellar', cidr: '10.20.2.0/24', zone: 'a' })
      const barrel = aws.networkInterface(world, { name: 'barrel', subnet: cellar, groups: [guarded] })
      aws.routeTable(world, { vpc, name: 'up', subnets: [near], routes: [aws.route('10.20.2.0/24', nat)] })
      aws.removeInterface(world, stone)
      const wheel = aws.networkInterface(world, { name: 'wheel-two', subnet: near, groups: [group] })
      return ask(wheel, barrel)
    },
  },
  {
    code: 'VPC_BLOCK_PUBLIC_ACCESS_ENABLED',
    says: 'Block Public Access is on',
    ask: (world) => {
      const { door } = publicMill(world)
      aws.blockPublicAccess(world, 'block-bidirectional')
      return ask(door, INTERNET_HOST)
    },
  },
  {
    code: 'NGW_REQUIRES_SOURCE_IN_VPC',
    says: 'a NAT gateway of another VPC',
    ask: (world) => {
      const { nat } = publicMill(world)
      const { wheel, table } = mill(world, 'bakery', '10.30')
      aws.addRoute(world, table, aws.route('0.0.0.0/0', nat))
      return ask(wheel, INTERNET_HOST)
    },
  },
  {
    code: 'NGW_SOURCE_ADDRESS_REASSIGN',
    says: 'a reply that a NAT gateway gives another source',
    ask: (world) => {
      const { vpc, near, far, wheel, stone } = mill(world)
      const nat = aws.privateNatGateway(world, { subnet: near, name: 'mill-nat' })
      aws.routeTable(world, { vpc, name: 'back', subnets: [far], routes: [aws.route('10.20.0.0/24', nat)] })
      return ask(wheel, stone)
    },
  },
  {
    code: 'REGIONAL_NGW_ROUTE_AZ_RESTRICTION',
    says: 'a regional NAT gateway without a part in the zone',
    ask: (world) => {
      const { vpc, table, stone } = mill(world)
      const [first] = aws.twoZonesOf(world)
      aws.internetGateway(world, { vpc, name: 'mill' })
      const nat = aws.regionalNatGateway(world, { vpc, name: 'mill-nat', zones: [first] })
      aws.addRoute(world, table, aws.route('0.0.0.0/0', nat))
      return ask(stone, INTERNET_HOST)
    },
  },
  {
    code: 'VPCE_GATEWAY_PROTOCOL_RESTRICTION',
    says: 'UDP to a gateway endpoint',
    ask: (world) => {
      const { vpc, table, wheel } = mill(world)
      aws.gatewayEndpoint(world, { vpc, service: 's3', tables: [table] })
      const list = world.prefixListEntries[aws.servicePrefixList(world, 's3')]
      const address = list?.Entries[0]?.Cidr?.split('/')[0] ?? ''
      return ask(wheel, address, { protocol: 'udp' })
    },
  },
  {
    code: 'BAD_STATE_ATTACHMENT',
    says: 'a virtual private gateway that is being detached',
    ask: (world) => {
      const { vpc, table, wheel } = mill(world)
      const gateway = aws.vpnGateway(world, { vpc, name: 'depot' })
      for (const one of world.vpnGateways) one.VpcAttachments = [{ VpcId: vpc, State: 'detaching' }]
      aws.addRoute(world, table, aws.route('192.168.0.0/16', gateway))
      return ask(wheel, '192.168.7.7')
    },
  },
  {
    code: 'INGRESS_RTB_NO_PUBLIC_IP',
    says: 'an edge table that sends to an appliance without a public address',
    ask: (world) => {
      const { vpc, far, group, door, internetGateway } = publicMill(world)
      const guard = aws.appliance(world, { name: 'guard', subnet: far, groups: [group] })
      const routes = [aws.route('10.20.0.0/24', aws.instanceInterface(world, guard))]
      aws.edgeRouteTable(world, { vpc, name: 'edge', gateway: internetGateway, routes })
      return ask(INTERNET_HOST, door)
    },
  },
]
