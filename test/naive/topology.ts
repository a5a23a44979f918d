/**
 * A small network as plain numbers (what fast-check shrinks well), built into a snapshot in AWS's own shapes.
 * Every index is taken modulo the list that it points into, so any numbers make a valid network.
 */
import type { Snapshot } from '../../shared/snapshot/types.ts'
import { aclsOf } from './topology-acls.ts'
import { gatewaysOf } from './topology-gateways.ts'
import { groupsOf } from './topology-groups.ts'
import { ACCOUNT, ids, regionOf, zoneOf } from './topology-ids.ts'
import { interfacesOf } from './topology-interfaces.ts'
import type { NetworkPlan, VpcPlan } from './topology-plan.ts'
import { prefixListsOf } from './topology-prefix-lists.ts'
import { routeTablesOf } from './topology-routes.ts'
import { noTransit, transitOf } from './topology-transit.ts'

export function buildSnapshot(plan: NetworkPlan): Snapshot {
  const regions = [...new Set(plan.vpcs.map((_, index) => regionOf(plan, index)))]
  return {
    schemaVersion: '1',
    collectedAt: '2026-11-20T03:00:00Z',
    scopes: regions.map((region) => scopeOf(plan, region)),
  }
}

function scopeOf(plan: NetworkPlan, region: string) {
  const here = plan.vpcs.flatMap((vpc, index) => (regionOf(plan, index) === region ? [{ vpc, index }] : []))
  const collect = <T>(of: (plan: NetworkPlan, vpc: VpcPlan, index: number) => readonly T[]): T[] =>
    here.flatMap(({ vpc, index }) => of(plan, vpc, index))
  const gateways = here.map(({ vpc, index }) => gatewaysOf(vpc, index, region))
  return {
    accountId: ACCOUNT,
    region,
    coverage: 'region' as const,
    errors: {},
    responses: {
      'ec2:DescribeVpcs': { Vpcs: collect(vpcOf) },
      'ec2:DescribeSubnets': { Subnets: collect((_, vpc, index) => subnetsOf(vpc, index, region)) },
      'ec2:DescribeNetworkInterfaces': { NetworkInterfaces: collect(interfacesOf) },
      'ec2:DescribeInstances': { Reservations: [] },
      'ec2:DescribeSecurityGroups': { SecurityGroups: collect(groupsOf) },
      'ec2:DescribeSecurityGroupVpcAssociations': { SecurityGroupVpcAssociations: [] },
      'ec2:DescribeNetworkAcls': { NetworkAcls: collect(aclsOf) },
      'ec2:DescribeRouteTables': { RouteTables: collect(routeTablesOf) },
      'ec2:DescribeInternetGateways': { InternetGateways: gateways.flatMap((all) => all.internet) },
      'ec2:DescribeEgressOnlyInternetGateways': {
        EgressOnlyInternetGateways: gateways.flatMap((all) => all.egressOnly),
      },
      'ec2:DescribeNatGateways': { NatGateways: gateways.flatMap((all) => all.nat) },
      'ec2:DescribeVpnGateways': { VpnGateways: [] },
      'ec2:DescribeVpcEndpoints': { VpcEndpoints: gateways.flatMap((all) => all.endpoints) },
      'ec2:DescribeVpcPeeringConnections': { VpcPeeringConnections: peeringsOf(plan, region) },
      ...(region === regionOf(plan, 0) ? transitOf(plan) : noTransit),
      ...prefixListsOf(plan, region),
      'ec2:DescribeVpcBlockPublicAccessOptions': {
        VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: 'off' },
      },
      'ec2:DescribeVpcBlockPublicAccessExclusions': { VpcBlockPublicAccessExclusions: [] },
      'elasticloadbalancing:DescribeLoadBalancers': { LoadBalancers: [] },
      'elasticloadbalancing:DescribeTargetGroups': { TargetGroups: [] },
    },
  }
}

const vpcOf = (_: NetworkPlan, vpc: VpcPlan, index: number) => [
  {
    VpcId: ids.vpc(index),
    CidrBlock: ids.vpcCidr(index),
    OwnerId: ACCOUNT,
    CidrBlockAssociationSet: ids
      .vpcCidrs(vpc, index)
      .map((CidrBlock) => ({ CidrBlock, CidrBlockState: { State: 'associated' } })),
    Ipv6CidrBlockAssociationSet: vpc.ipv6
      ? [{ Ipv6CidrBlock: ids.vpcIpv6Cidr(index), Ipv6CidrBlockState: { State: 'associated' } }]
      : [],
  },
]

const subnetsOf = (vpc: VpcPlan, index: number, region: string) =>
  vpc.subnets.map((_, position) => ({
    SubnetId: ids.subnet(index, position),
    VpcId: ids.vpc(index),
    CidrBlock: ids.subnetCidr(vpc, index, position),
    AvailabilityZone: `${region}${zoneOf(vpc.subnets, position)}`,
    OwnerId: ACCOUNT,
    Ipv6CidrBlockAssociationSet: vpc.ipv6
      ? [{ Ipv6CidrBlock: ids.subnetIpv6Cidr(index, position), Ipv6CidrBlockState: { State: 'associated' } }]
      : [],
  }))

/** Both Regions list a connection between them. */
function peeringsOf(plan: NetworkPlan, region: string) {
  return plan.peerings.flatMap((status, pair) => {
    const [one, other] = ids.pair(pair)
    const [first, second] = [plan.vpcs[one], plan.vpcs[other]]
    if (!first || !second || status === 'none') return []
    const regions = [regionOf(plan, one), regionOf(plan, other)]
    if (!regions.includes(region)) return []
    const side = (vpc: VpcPlan, index: number) => ({
      VpcId: ids.vpc(index),
      OwnerId: ACCOUNT,
      Region: regionOf(plan, index),
      CidrBlock: ids.vpcCidr(index),
      CidrBlockSet: ids.vpcCidrs(vpc, index).map((CidrBlock) => ({ CidrBlock })),
      Ipv6CidrBlockSet: vpc.ipv6 ? [{ Ipv6CidrBlock: ids.vpcIpv6Cidr(index) }] : [],
    })
    return [
      {
        VpcPeeringConnectionId: ids.peering(pair),
        RequesterVpcInfo: side(first, one),
        AccepterVpcInfo: side(second, other),
        Status: { Code: status },
      },
    ]
  })
}
