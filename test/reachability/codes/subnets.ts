/** Codes of what stands around interfaces and subnets, and of routes. */
import * as aws from '../../fixtures/index.ts'
import { ask, type CodeCase, mill } from './case.ts'

export const subnetCases: readonly CodeCase[] = [
  {
    code: 'ENI_SG_RULES_MISMATCH',
    says: 'no rule of the receiver’s groups covers the port',
    ask: (world) => {
      const { wheel, stone, group } = mill(world)
      aws.setIngress(world, group, aws.tcp(80).fromCidr('0.0.0.0/0'))
      return ask(wheel, stone)
    },
  },
  {
    code: 'SUBNET_ACL_RESTRICTION',
    says: 'the subnet’s ACL denies it',
    ask: (world) => {
      const { vpc, wheel, stone, far } = mill(world)
      aws.networkAcl(world, { vpc, name: 'locked', subnets: [far], ingress: [], egress: [aws.allow(100)] })
      return ask(wheel, stone)
    },
  },
  {
    code: 'NO_ROUTE_TO_DESTINATION',
    says: 'no route holds the address',
    ask: (world) => ask(mill(world).wheel, '203.0.113.9'),
  },
  {
    code: 'BAD_STATE_ROUTE',
    says: 'the route’s target is gone',
    ask: (world) => {
      const { wheel, table } = mill(world)
      aws.addRoute(world, table, aws.route('0.0.0.0/0', 'nat-0c0ffee0c0ffee0c0', 'blackhole'))
      return ask(wheel, '203.0.113.9')
    },
  },
  {
    code: 'VPC_LOCAL_ROUTE_CIDR_RESTRICTION',
    says: 'the address is local, so packets never leave for the VPC that also uses it',
    ask: (world) => {
      const { wheel } = mill(world)
      return ask(wheel, mill(world, 'twin').stone)
    },
  },
  {
    code: 'NO_POSSIBLE_DESTINATION',
    says: 'nobody in the VPC holds the address',
    ask: (world) => ask(mill(world).wheel, '10.20.1.200'),
  },
  {
    code: 'ENI_SOURCE_DEST_CHECK_RESTRICTION',
    says: 'an appliance whose source/destination check is still on',
    ask: (world) => {
      const { wheel, far, group, table } = mill(world)
      const machine = aws.instance(world, { name: 'sieve', subnet: far, groups: [group] })
      aws.addRoute(world, table, aws.route('203.0.113.0/24', aws.instanceInterface(world, machine)))
      return ask(wheel, '203.0.113.9')
    },
  },
  {
    code: 'BAD_STATE',
    says: 'the peering connection was not accepted',
    ask: (world) => {
      const { wheel, vpc, table } = mill(world)
      const other = mill(world, 'bakery', '10.30')
      const peering = aws.peering({ world, vpc }, { world, vpc: other.vpc }, 'mill-bakery')
      for (const one of world.peerings) one.Status = { Code: 'pending-acceptance' }
      aws.addRoute(world, table, aws.route('10.30.0.0/16', peering))
      aws.addRoute(world, other.table, aws.route('10.20.0.0/16', peering))
      return ask(wheel, other.stone)
    },
  },
  {
    code: 'PCX_REQUIRES_ADDRESS_IN_VPC_CIDR',
    says: 'peering is not transitive',
    ask: (world) => {
      const { wheel, vpc, table } = mill(world)
      const other = mill(world, 'bakery', '10.30')
      const third = mill(world, 'market', '10.40')
      const peering = aws.peering({ world, vpc }, { world, vpc: other.vpc }, 'mill-bakery')
      aws.addRoute(world, table, aws.route('10.40.0.0/16', peering))
      return ask(wheel, third.stone)
    },
  },
]
