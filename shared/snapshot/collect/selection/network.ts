/** What lies between the two ends: subnets, groups, ACLs and routes, and what the rules and routes refer to. */
import type { RouteTable } from '../../types.ts'
import { slices } from '../fetch.ts'
import type { Session } from '../session.ts'
import { type Involved, present } from './involved.ts'

/** EC2 takes at most so many values in one filter. */
const FILTER_VALUES = 200

type InVpc = 'Subnets' | 'Vpcs' | 'SecurityGroups' | 'SecurityGroupVpcAssociations' | 'NetworkAcls'
type Gateways = 'InternetGateways' | 'VpnGateways' | 'VpcEndpoints' | 'VpcPeeringConnections'
type Transit = `TransitGateway${'s' | 'Attachments' | 'VpcAttachments' | 'RouteTables'}`
type Filtered =
  `ec2:Describe${InVpc | 'RouteTables' | 'ManagedPrefixLists' | 'NetworkInterfaces' | Gateways | Transit}`

/**
 * By filter, not by id: an id that is gone would fail the whole call, and ids do not go with pages.
 * Nothing to ask for gives no call, and the operation stays not known.
 */
export async function askBy(
  session: Session,
  operation: Filtered,
  filter: string,
  values: Iterable<string>,
): Promise<void> {
  const asking = slices([...values], FILTER_VALUES).map((Values) =>
    session.ask(operation, { Filters: [{ Name: filter, Values }] }),
  )
  await Promise.all(asking)
}

/** All tables of the VPCs: one call gives the subnets' own and the main ones that the other subnets fall back to. */
export const collectRouteTables = (session: Session, vpcs: readonly string[]) =>
  askBy(session, 'ec2:DescribeRouteTables', 'vpc-id', vpcs)

/** Those that nothing has told of yet. */
export async function askSubnets(session: Session, ids: ReadonlySet<string>): Promise<void> {
  const told = new Set((session.responses['ec2:DescribeSubnets']?.Subnets ?? []).map((one) => one.SubnetId))
  await askBy(
    session,
    'ec2:DescribeSubnets',
    'subnet-id',
    [...ids].filter((id) => !told.has(id)),
  )
}

export async function collectNetwork(session: Session, involved: Involved): Promise<void> {
  await Promise.all([
    askSubnets(session, involved.subnets),
    askBy(session, 'ec2:DescribeVpcs', 'vpc-id', involved.vpcs),
    askBy(session, 'ec2:DescribeSecurityGroups', 'group-id', involved.groups),
    askBy(session, 'ec2:DescribeNetworkAcls', 'association.subnet-id', involved.subnets),
    facesTheInternet(session) && session.ask('ec2:DescribeVpcBlockPublicAccessOptions', {}),
  ])
  await Promise.all([
    askBy(session, 'ec2:DescribeSecurityGroupVpcAssociations', 'group-id', groupsFromElsewhere(session)),
    session.askEach('ec2:GetManagedPrefixListEntries', prefixLists(session, involved.subnets)),
  ])
}

/** Groups that an interface of another VPC wears, which an association allows. */
function groupsFromElsewhere({ responses }: Session): ReadonlySet<string> {
  const groups = responses['ec2:DescribeSecurityGroups']?.SecurityGroups ?? []
  const homes = new Map(groups.map(({ GroupId, VpcId }) => [GroupId, VpcId]))
  const interfaces = responses['ec2:DescribeNetworkInterfaces']?.NetworkInterfaces ?? []
  return present(
    interfaces.flatMap(({ VpcId, Groups = [] }) =>
      Groups.map(({ GroupId }) => GroupId).filter((id) => (homes.get(id) ?? VpcId) !== VpcId),
    ),
  )
}

/** A private load balancer's paths never cross an internet gateway; a task's way to AWS may. */
const facesTheInternet = ({ responses }: Session) =>
  'ec2:DescribeInternetGateways' in responses ||
  (responses['elasticloadbalancing:DescribeLoadBalancers']?.LoadBalancers ?? []).some(
    (one) => one.Scheme !== 'internal',
  )

/** Lists that a rule of an involved group, or a route of an involved subnet, refers to, and those of gateway endpoints. */
function prefixLists({ responses }: Session, subnets: ReadonlySet<string>): string[] {
  const groups = responses['ec2:DescribeSecurityGroups']?.SecurityGroups ?? []
  const permissions = groups.flatMap((group) => [
    ...(group.IpPermissions ?? []),
    ...(group.IpPermissionsEgress ?? []),
  ])
  const tables = (responses['ec2:DescribeRouteTables']?.RouteTables ?? []).filter((table) =>
    serves(table, subnets),
  )
  return [
    ...present([
      ...(responses['ec2:DescribeManagedPrefixLists']?.PrefixLists ?? []).map((list) => list.PrefixListId),
      ...permissions.flatMap((permission) =>
        (permission.PrefixListIds ?? []).map((list) => list.PrefixListId),
      ),
      ...tables.flatMap((table) => (table.Routes ?? []).map((route) => route.DestinationPrefixListId)),
    ]),
  ]
}

const serves = (table: RouteTable, subnets: ReadonlySet<string>) =>
  (table.Associations ?? []).some(
    (one) => one.Main || (one.SubnetId !== undefined && subnets.has(one.SubnetId)),
  )
