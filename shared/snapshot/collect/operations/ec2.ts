/** EC2's part of the table: an operation is one line. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/ */
import {
  DescribeAvailabilityZonesCommand,
  type DescribeAvailabilityZonesCommandInput,
  DescribeVpcAttributeCommand,
  DescribeVpcBlockPublicAccessExclusionsCommand,
  type DescribeVpcBlockPublicAccessExclusionsCommandInput,
  DescribeVpcBlockPublicAccessOptionsCommand,
  type DescribeVpcBlockPublicAccessOptionsCommandInput,
  DescribeVpnGatewaysCommand,
  type DescribeVpnGatewaysCommandInput,
  paginateDescribeEgressOnlyInternetGateways,
  paginateDescribeInstances,
  paginateDescribeInternetGateways,
  paginateDescribeManagedPrefixLists,
  paginateDescribeNatGateways,
  paginateDescribeNetworkAcls,
  paginateDescribeNetworkInterfaces,
  paginateDescribeRouteTables,
  paginateDescribeSecurityGroups,
  paginateDescribeSecurityGroupVpcAssociations,
  paginateDescribeSubnets,
  paginateDescribeTransitGatewayAttachments,
  paginateDescribeTransitGatewayRouteTables,
  paginateDescribeTransitGateways,
  paginateDescribeTransitGatewayVpcAttachments,
  paginateDescribeVpcEndpoints,
  paginateDescribeVpcPeeringConnections,
  paginateDescribeVpcs,
  paginateGetManagedPrefixListEntries,
  paginateGetTransitGatewayRouteTableAssociations,
  paginateGetTransitGatewayRouteTablePropagations,
  paginateSearchTransitGatewayRoutes,
} from '@aws-sdk/client-ec2'
import type { Clients } from '../clients.ts'
import { all, byToken, ec2, once } from '../fetch.ts'
import { type Json, merge, plain } from '../json.ts'
import { idsOf, type KeyedTable } from '../keyed.ts'

const permission = { IpRanges: {}, Ipv6Ranges: {}, PrefixListIds: {}, UserIdGroupPairs: {} }
const networkInterface = { Groups: {}, PrivateIpAddresses: {}, Ipv6Addresses: {}, TagSet: {} }
const endpoint = { RouteTableIds: {}, SubnetIds: {}, NetworkInterfaceIds: {}, Groups: {} }

// biome-ignore format: a table reads best with one operation a line
export const ec2Unkeyed = {
  'ec2:DescribeAvailabilityZones': once((c, input: DescribeAvailabilityZonesCommandInput) => c.ec2.send(new DescribeAvailabilityZonesCommand(input)), { AvailabilityZones: {} }),
  'ec2:DescribeVpcs': ec2(paginateDescribeVpcs, { Vpcs: { CidrBlockAssociationSet: {}, Ipv6CidrBlockAssociationSet: {} } }),
  'ec2:DescribeSubnets': ec2(paginateDescribeSubnets, { Subnets: { Ipv6CidrBlockAssociationSet: {} } }),
  'ec2:DescribeNetworkInterfaces': ec2(paginateDescribeNetworkInterfaces, { NetworkInterfaces: networkInterface }),
  'ec2:DescribeInstances': ec2(paginateDescribeInstances, { Reservations: { Instances: { NetworkInterfaces: {}, SecurityGroups: {} } } }),
  'ec2:DescribeSecurityGroups': ec2(paginateDescribeSecurityGroups, { SecurityGroups: { IpPermissions: permission, IpPermissionsEgress: permission } }),
  'ec2:DescribeSecurityGroupVpcAssociations': ec2(paginateDescribeSecurityGroupVpcAssociations, { SecurityGroupVpcAssociations: {} }),
  'ec2:DescribeNetworkAcls': ec2(paginateDescribeNetworkAcls, { NetworkAcls: { Associations: {}, Entries: {} } }),
  'ec2:DescribeRouteTables': ec2(paginateDescribeRouteTables, { RouteTables: { Associations: {}, Routes: {}, PropagatingVgws: {} } }, 100),
  'ec2:DescribeInternetGateways': ec2(paginateDescribeInternetGateways, { InternetGateways: { Attachments: {} } }),
  'ec2:DescribeEgressOnlyInternetGateways': ec2(paginateDescribeEgressOnlyInternetGateways, { EgressOnlyInternetGateways: { Attachments: {} } }, 255),
  'ec2:DescribeNatGateways': ec2(paginateDescribeNatGateways, { NatGateways: { NatGatewayAddresses: {} } }),
  'ec2:DescribeVpnGateways': once((c, input: DescribeVpnGatewaysCommandInput) => c.ec2.send(new DescribeVpnGatewaysCommand(input)), { VpnGateways: { VpcAttachments: {} } }),
  'ec2:DescribeVpcEndpoints': ec2(paginateDescribeVpcEndpoints, { VpcEndpoints: endpoint }),
  'ec2:DescribeVpcPeeringConnections': ec2(paginateDescribeVpcPeeringConnections, { VpcPeeringConnections: {} }),
  'ec2:DescribeTransitGateways': ec2(paginateDescribeTransitGateways, { TransitGateways: {} }),
  'ec2:DescribeTransitGatewayAttachments': ec2(paginateDescribeTransitGatewayAttachments, { TransitGatewayAttachments: {} }),
  'ec2:DescribeTransitGatewayVpcAttachments': ec2(paginateDescribeTransitGatewayVpcAttachments, { TransitGatewayVpcAttachments: { SubnetIds: {} } }),
  'ec2:DescribeTransitGatewayRouteTables': ec2(paginateDescribeTransitGatewayRouteTables, { TransitGatewayRouteTables: {} }),
  'ec2:DescribeManagedPrefixLists': ec2(paginateDescribeManagedPrefixLists, { PrefixLists: {} }, 100),
  'ec2:DescribeVpcBlockPublicAccessOptions': once((c, input: DescribeVpcBlockPublicAccessOptionsCommandInput) => c.ec2.send(new DescribeVpcBlockPublicAccessOptionsCommand(input)), {}),
  'ec2:DescribeVpcBlockPublicAccessExclusions': once(blockPublicAccessExclusions, { VpcBlockPublicAccessExclusions: {} }),
} as const

const prefixListEntries = ec2(paginateGetManagedPrefixListEntries, { Entries: {} }, 100)
const routes = ec2(paginateSearchTransitGatewayRoutes, { Routes: { TransitGatewayAttachments: {} } })
const associations = ec2(paginateGetTransitGatewayRouteTableAssociations, { Associations: {} })
const propagations = ec2(paginateGetTransitGatewayRouteTablePropagations, {
  TransitGatewayRouteTablePropagations: {},
})

const transitGatewayRouteTables = idsOf(
  'ec2:DescribeTransitGatewayRouteTables',
  'TransitGatewayRouteTables',
  'TransitGatewayRouteTableId',
)
const everyRoute = [{ Name: 'state', Values: ['active', 'blackhole'] }]

// biome-ignore format: a table reads best with one operation a line
export const ec2Keyed = {
  'ec2:DescribeVpcAttribute': { ...idsOf('ec2:DescribeVpcs', 'Vpcs', 'VpcId'), fetch: vpcAttribute },
  'ec2:GetManagedPrefixListEntries': { ...idsOf('ec2:DescribeManagedPrefixLists', 'PrefixLists', 'PrefixListId'), fetch: (c, PrefixListId) => prefixListEntries(c, { PrefixListId }) },
  'ec2:SearchTransitGatewayRoutes': { ...transitGatewayRouteTables, fetch: (c, TransitGatewayRouteTableId) => routes(c, { TransitGatewayRouteTableId, Filters: everyRoute }) },
  'ec2:GetTransitGatewayRouteTableAssociations': { ...transitGatewayRouteTables, fetch: (c, TransitGatewayRouteTableId) => associations(c, { TransitGatewayRouteTableId }) },
  'ec2:GetTransitGatewayRouteTablePropagations': { ...transitGatewayRouteTables, fetch: (c, TransitGatewayRouteTableId) => propagations(c, { TransitGatewayRouteTableId }) },
} as const satisfies KeyedTable

/** AWS gives one attribute a call; the snapshot holds both as one object. */
async function vpcAttribute(clients: Clients, VpcId: string): Promise<Json> {
  const attributes = (['enableDnsSupport', 'enableDnsHostnames'] as const).map((Attribute) =>
    clients.ec2.send(new DescribeVpcAttributeCommand({ VpcId, Attribute })),
  )
  return plain(merge(await Promise.all(attributes))) as Json
}

/** The SDK has no paginator for this operation. */
async function blockPublicAccessExclusions(
  clients: Clients,
  input: DescribeVpcBlockPublicAccessExclusionsCommandInput,
): Promise<object> {
  const page = (token: { readonly NextToken?: string }) =>
    new DescribeVpcBlockPublicAccessExclusionsCommand({ MaxResults: 1000, ...input, ...token })
  return merge(await all(byToken((token) => clients.ec2.send(page(token)))))
}
