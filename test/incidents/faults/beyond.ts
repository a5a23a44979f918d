/** IPv6 beside IPv4, and a transit gateway in the place of a peering connection. */
import * as aws from '../../fixtures/index.ts'
import { TOWN, VILLAGE } from '../streets.ts'
import { hasGroups } from '../traits.ts'
import { type Fault, type Scene, silence } from './fault.ts'

const BLOCK = '2001:db8:30::/56'

/** The load balancer answers over IPv6 as well, and its rules stay those of before. */
const ipv6: Fault = {
  fits: (traits) => hasGroups(traits) && traits.scheme === 'internet-facing',
  of: 'balancer',
  strike: ({ system, world }) => {
    const { vpc, frontTable, internetGateway } = system.streets
    aws.loadBalancerOf(world, system.loadBalancer).IpAddressType = 'dualstack'
    for (const [index, nic] of aws.loadBalancerInterfaces(world, system.loadBalancer).entries())
      Object.assign(aws.interfaceOf(world, nic), {
        Ipv6Addresses: [{ Ipv6Address: `2001:db8:30::${index + 1}` }],
      })
    Object.assign(aws.vpcOf(world, vpc), { Ipv6CidrBlockAssociationSet: [{ Ipv6CidrBlock: BLOCK }] })
    aws.addRoute(world, frontTable, aws.localRoute(BLOCK), aws.route('::/0', internetGateway))
  },
}

/** A gateway as AWS makes it: no references to groups. */
function transit({ system, world }: Scene): void {
  const { streets, village, lbSubnets, targetSubnets } = system
  if (!village) throw new Error('a transit gateway in a town without a village')
  const gateway = aws.transitGateway(world, { name: 'ferry' })
  aws.vpcAttachment(world, { gateway, vpc: streets.vpc, name: 'town', subnets: lbSubnets })
  aws.vpcAttachment(world, { gateway, vpc: village.vpc, name: 'village', subnets: targetSubnets })
  aws.removeRoute(world, streets.frontTable, VILLAGE)
  aws.removeRoute(world, village.table, TOWN)
  world.peerings.length = 0
  aws.addRoute(world, streets.frontTable, aws.route(VILLAGE, gateway))
  aws.addRoute(world, village.table, aws.route(TOWN, gateway))
}

/** Rules that worked over the peering connection. */
const sgReferenceOverTgw: Fault = {
  fits: (traits) => hasGroups(traits) && traits.launch === 'peered',
  strike: (scene) => {
    const { system, world, stall, random } = scene
    transit(scene)
    const ports = aws.tcp(stall.port)
    if (random.below(2) === 0) aws.setIngress(world, stall.group, ports.fromGroup(system.lbGroup))
    else {
      const others = system.stalls.filter((other) => other !== stall).flatMap(({ passed }) => passed)
      aws.setEgress(world, system.lbGroup, ...others, ports.toGroup(stall.group))
    }
    silence(scene, stall)
  },
}

export const beyond = {
  'net.ipv6': ipv6,
  'net.sg-reference-over-tgw': sgReferenceOverTgw,
} as const
