/** What AWS said, as flat lists over all scopes, for linear search. */
import type { Responses, Scope, Snapshot } from '../../shared/snapshot/types.ts'
import { contains } from './addresses.ts'

type Lists = ReturnType<typeof readAws>
export type Aws = Lists
export type Interface = Lists['interfaces'][number]
type Group = Lists['groups'][number]
export type Acl = Lists['acls'][number]
export type AclEntry = NonNullable<Acl['Entries']>[number]
type RouteTable = Lists['routeTables'][number]
export type Route = NonNullable<RouteTable['Routes']>[number]
export type Permission = NonNullable<Group['IpPermissions']>[number]
export type NatGateway = Lists['natGateways'][number]
export type TransitAttachment = Lists['transitAttachments'][number]
export type TransitRoute = Lists['transitRoutes'][number]

/** @param snapshot complete: the naive evaluator knows no `unknown` */
export function readAws(snapshot: Snapshot) {
  const all = <T>(pick: (responses: Responses) => readonly T[] | undefined): readonly T[] =>
    snapshot.scopes.flatMap((scope) => pick(scope.responses) ?? [])
  return {
    vpcs: all((of) => of['ec2:DescribeVpcs']?.Vpcs),
    subnets: all((of) => of['ec2:DescribeSubnets']?.Subnets),
    interfaces: all((of) => of['ec2:DescribeNetworkInterfaces']?.NetworkInterfaces),
    groups: all((of) => of['ec2:DescribeSecurityGroups']?.SecurityGroups),
    acls: all((of) => of['ec2:DescribeNetworkAcls']?.NetworkAcls),
    routeTables: all((of) => of['ec2:DescribeRouteTables']?.RouteTables),
    internetGateways: all((of) => of['ec2:DescribeInternetGateways']?.InternetGateways),
    egressOnlyGateways: all((of) => of['ec2:DescribeEgressOnlyInternetGateways']?.EgressOnlyInternetGateways),
    natGateways: all((of) => of['ec2:DescribeNatGateways']?.NatGateways),
    endpoints: all((of) => of['ec2:DescribeVpcEndpoints']?.VpcEndpoints),
    peerings: all((of) => of['ec2:DescribeVpcPeeringConnections']?.VpcPeeringConnections),
    transitGateways: all((of) => of['ec2:DescribeTransitGateways']?.TransitGateways),
    transitAttachments: all(
      (of) => of['ec2:DescribeTransitGatewayVpcAttachments']?.TransitGatewayVpcAttachments,
    ),
    transitAssociations: all((of) =>
      perTable(of['ec2:GetTransitGatewayRouteTableAssociations'], ({ Associations }) => Associations),
    ),
    transitRoutes: all((of) => perTable(of['ec2:SearchTransitGatewayRoutes'], ({ Routes }) => Routes)),
    prefixLists: Object.assign({}, ...snapshot.scopes.map(prefixListsOf)) as Record<
      string,
      readonly string[]
    >,
  }
}

/** What AWS answers for one transit gateway route table at a time, each item with the table that it is of. */
const perTable = <R, T>(
  answers: { readonly [table: string]: R } | undefined,
  list: (answer: R) => readonly T[] | undefined,
): readonly (T & { readonly table: string })[] =>
  Object.entries(answers ?? {}).flatMap(([table, answer]) =>
    (list(answer) ?? []).map((item) => ({ ...item, table })),
  )

function prefixListsOf(scope: Scope): Record<string, readonly string[]> {
  const responses = scope.responses['ec2:GetManagedPrefixListEntries'] ?? {}
  return Object.fromEntries(
    Object.entries(responses).map(([id, response]) => [
      id,
      (response.Entries ?? []).flatMap((entry) => entry.Cidr ?? []),
    ]),
  )
}

/** Is the address in one of the VPC's own CIDR blocks? */
export function vpcContains(aws: Aws, vpcId: string | undefined, address: string): boolean {
  const vpc = aws.vpcs.find((candidate) => candidate.VpcId === vpcId)
  const ipv4 = (vpc?.CidrBlockAssociationSet ?? []).flatMap((association) => association.CidrBlock ?? [])
  const ipv6 = (vpc?.Ipv6CidrBlockAssociationSet ?? []).flatMap(
    (association) => association.Ipv6CidrBlock ?? [],
  )
  return [...ipv4, ...ipv6].some((cidr) => contains(cidr, address))
}

/** The active peering connection between two VPCs. */
export function activePeering(aws: Aws, one: string | undefined, other: string | undefined) {
  return aws.peerings.find((peering) => {
    const ends = [peering.RequesterVpcInfo?.VpcId, peering.AccepterVpcInfo?.VpcId]
    return peering.Status?.Code === 'active' && one !== other && ends.includes(one) && ends.includes(other)
  })
}

/** The VPC's attachment to the transit gateway. */
export const attachmentOf = (aws: Aws, gateway: string | undefined, vpcId: string | undefined) =>
  aws.transitAttachments.find(
    (attachment) => attachment.TransitGatewayId === gateway && attachment.VpcId === vpcId,
  )
