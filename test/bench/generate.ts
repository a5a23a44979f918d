/**
 * Realistic snapshots of any size, deterministic: three-tier VPCs over three zones, peered with a hub and their
 * neighbours, most on a transit gateway, with VPC endpoints and the fields that AWS really returns.
 */
import { aclsOf } from './generate-acls.ts'
import { endpointGroupOf, endpointInterfacesOf, endpointsOf } from './generate-endpoints.ts'
import { groupsOf } from './generate-groups.ts'
import { taskInterface } from './generate-interfaces.ts'
import { prefixListResponses } from './generate-prefix-lists.ts'
import { routeTablesOf } from './generate-routes.ts'
import { transitInterfacesOf, transitResponsesOf } from './generate-transit.ts'
import { dnsOf, internetGatewayOf, natGatewaysOf, peeringsOf, subnetsOf, vpcOf } from './generate-vpcs.ts'
import { ACCOUNT, type Place, placeOf, REGION } from './places.ts'
import { type Random, randomOf } from './random.ts'

const INTERFACES_PER_VPC = 2000
const SMALLEST_NUMBER_OF_VPCS = 2

export interface Size {
  /** How many network interfaces; at 100,000 there are 50 VPCs and 10,000 security groups. */
  readonly interfaces: number
  /** How many times as many rules as usual each security group has. */
  readonly rules: number
}

export function generateSnapshot({ interfaces, rules }: Size, seed: number) {
  const random = randomOf(seed)
  const vpcs = Math.max(SMALLEST_NUMBER_OF_VPCS, Math.round(interfaces / INTERFACES_PER_VPC))
  const places = Array.from({ length: vpcs }, (_, vpc) => placeOf(vpc, vpcs, interfaces))
  const responses = {
    'ec2:DescribeVpcs': { Vpcs: places.map(vpcOf) },
    'ec2:DescribeVpcAttribute': Object.fromEntries(places.map(dnsOf)),
    'ec2:DescribeSubnets': { Subnets: places.flatMap(subnetsOf) },
    'ec2:DescribeNetworkInterfaces': { NetworkInterfaces: interfacesOf(random, places, interfaces) },
    'ec2:DescribeInstances': { Reservations: [] },
    'ec2:DescribeSecurityGroups': {
      SecurityGroups: places.flatMap((place) => [
        ...groupsOf(random, place, places, rules),
        endpointGroupOf(place),
      ]),
    },
    'ec2:DescribeSecurityGroupVpcAssociations': { SecurityGroupVpcAssociations: [] },
    'ec2:DescribeNetworkAcls': { NetworkAcls: places.flatMap((place) => aclsOf(random, place)) },
    'ec2:DescribeRouteTables': { RouteTables: places.flatMap((place) => routeTablesOf(random, place)) },
    'ec2:DescribeInternetGateways': { InternetGateways: places.map(internetGatewayOf) },
    'ec2:DescribeEgressOnlyInternetGateways': { EgressOnlyInternetGateways: [] },
    'ec2:DescribeNatGateways': { NatGateways: places.flatMap(natGatewaysOf) },
    'ec2:DescribeVpnGateways': { VpnGateways: [] },
    'ec2:DescribeVpcEndpoints': { VpcEndpoints: places.flatMap(endpointsOf) },
    'ec2:DescribeVpcPeeringConnections': { VpcPeeringConnections: places.flatMap(peeringsOf) },
    ...transitResponsesOf(places),
    ...prefixListResponses(),
    'ec2:DescribeVpcBlockPublicAccessOptions': {
      VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: 'off', State: 'default-state' },
    },
    'ec2:DescribeVpcBlockPublicAccessExclusions': { VpcBlockPublicAccessExclusions: [] },
    'elasticloadbalancing:DescribeLoadBalancers': { LoadBalancers: [] },
    'elasticloadbalancing:DescribeTargetGroups': { TargetGroups: [] },
  }
  return {
    schemaVersion: '1',
    collectedAt: '2026-11-20T03:00:00Z',
    scopes: [{ accountId: ACCOUNT, region: REGION, coverage: 'region', responses, errors: {} }],
  }
}

/** Those of AWS's own services count, the rest are tasks'. */
function interfacesOf(random: Random, places: readonly Place[], count: number) {
  const services = places.flatMap((place) => [
    ...transitInterfacesOf(random, place),
    ...endpointInterfacesOf(random, place),
  ])
  const tasks = Array.from({ length: Math.max(0, count - services.length) }, (_, number) =>
    taskInterface(random, places[number % places.length] as Place, Math.floor(number / places.length)),
  )
  return [...services, ...tasks]
}
