/**
 * Every AWS operation a snapshot can hold, with the shape that the analysis reads of its response.
 *
 * `unkeyed`: one response per account and Region, pages merged.
 * `keyed`: one response per argument (a load balancer ARN, a VPC id, ...).
 * "There is none" is an answer too, and an absent or failed operation never means it: of a keyed operation the key is
 * there, with an empty list, or with `{}` where the response has no list (each shape says so).
 */
import * as z from 'zod'
import * as gateway from './schemas/api-gateway.ts'
import * as cloudtrail from './schemas/cloudtrail.ts'
import { list, text } from './schemas/common.ts'
import * as ec2 from './schemas/ec2.ts'
import * as ecr from './schemas/ecr.ts'
import * as ecs from './schemas/ecs.ts'
import * as efs from './schemas/efs.ts'
import * as elbv2 from './schemas/elbv2.ts'
import * as iam from './schemas/iam.ts'
import * as logs from './schemas/logs.ts'
import * as opensearch from './schemas/opensearch.ts'
import * as route53 from './schemas/route53.ts'
import * as secrets from './schemas/secrets.ts'
import * as transit from './schemas/transit-gateway.ts'

export const unkeyedOperations = {
  'ec2:DescribeAvailabilityZones': z.object({ AvailabilityZones: list(ec2.availabilityZone) }),
  'ec2:DescribeVpcs': z.object({ Vpcs: list(ec2.vpc) }),
  'ec2:DescribeSubnets': z.object({ Subnets: list(ec2.subnet) }),
  'ec2:DescribeNetworkInterfaces': z.object({ NetworkInterfaces: list(ec2.networkInterface) }),
  'ec2:DescribeInstances': z.object({ Reservations: list(z.object({ Instances: list(ec2.instance) })) }),
  'ec2:DescribeSecurityGroups': z.object({ SecurityGroups: list(ec2.securityGroup) }),
  'ec2:DescribeSecurityGroupVpcAssociations': z.object({
    SecurityGroupVpcAssociations: list(transit.securityGroupVpcAssociation),
  }),
  'ec2:DescribeNetworkAcls': z.object({ NetworkAcls: list(ec2.networkAcl) }),
  'ec2:DescribeRouteTables': z.object({ RouteTables: list(ec2.routeTable) }),
  'ec2:DescribeInternetGateways': z.object({ InternetGateways: list(ec2.internetGateway) }),
  'ec2:DescribeEgressOnlyInternetGateways': z.object({
    EgressOnlyInternetGateways: list(transit.egressOnlyInternetGateway),
  }),
  'ec2:DescribeNatGateways': z.object({ NatGateways: list(ec2.natGateway) }),
  'ec2:DescribeVpnGateways': z.object({ VpnGateways: list(transit.vpnGateway) }),
  'ec2:DescribeVpcEndpoints': z.object({ VpcEndpoints: list(ec2.vpcEndpoint) }),
  'ec2:DescribeVpcPeeringConnections': z.object({ VpcPeeringConnections: list(ec2.vpcPeeringConnection) }),
  'ec2:DescribeTransitGateways': z.object({ TransitGateways: list(transit.transitGateway) }),
  'ec2:DescribeTransitGatewayAttachments': z.object({
    TransitGatewayAttachments: list(transit.transitGatewayAttachment),
  }),
  'ec2:DescribeTransitGatewayVpcAttachments': z.object({
    TransitGatewayVpcAttachments: list(transit.transitGatewayVpcAttachment),
  }),
  'ec2:DescribeTransitGatewayRouteTables': z.object({
    TransitGatewayRouteTables: list(transit.transitGatewayRouteTable),
  }),
  'ec2:DescribeManagedPrefixLists': z.object({ PrefixLists: list(ec2.managedPrefixList) }),
  'ec2:DescribeVpcBlockPublicAccessOptions': z.object({
    VpcBlockPublicAccessOptions: ec2.blockPublicAccessOptions.optional(),
  }),
  'ec2:DescribeVpcBlockPublicAccessExclusions': z.object({
    VpcBlockPublicAccessExclusions: list(ec2.blockPublicAccessExclusion),
  }),
  'elasticloadbalancing:DescribeLoadBalancers': z.object({ LoadBalancers: list(elbv2.loadBalancer) }),
  'elasticloadbalancing:DescribeTargetGroups': z.object({ TargetGroups: list(elbv2.targetGroup) }),
  'ecs:DescribeClusters': z.object({ clusters: list(ecs.cluster) }),
  'logs:DescribeLogGroups': z.object({ logGroups: list(logs.logGroup) }),
  'cloudtrail:LookupEvents': z.object({ Events: list(cloudtrail.event) }),
  'efs:DescribeMountTargets': z.object({ MountTargets: list(efs.mountTarget) }),
  'apigateway:GetVpcLinks': z.object({ items: list(gateway.vpcLink) }),
  'apigateway:GetRestApis': z.object({ items: list(gateway.restApi) }),
  'apigatewayv2:GetVpcLinks': z.object({ Items: list(gateway.vpcLinkV2) }),
  'apigatewayv2:GetApis': z.object({ Items: list(gateway.api) }),
  'opensearchserverless:ListVpcEndpoints': z.object({ vpcEndpointSummaries: list(opensearch.vpcEndpoint) }),
  'route53:ListHostedZones': z.object({ HostedZones: list(route53.hostedZone) }),
} as const satisfies Record<string, z.ZodType>

const dnsAttribute = z.object({ Value: z.boolean().optional() }).optional()

export const keyedOperations = {
  'ec2:DescribeVpcAttribute': z.object({
    VpcId: text,
    EnableDnsSupport: dnsAttribute,
    EnableDnsHostnames: dnsAttribute,
  }),
  'ec2:GetManagedPrefixListEntries': z.object({ Entries: list(ec2.prefixListEntry) }),
  'ec2:SearchTransitGatewayRoutes': z.object({
    Routes: list(transit.transitGatewayRoute),
    AdditionalRoutesAvailable: z.boolean().optional(),
  }),
  'ec2:GetTransitGatewayRouteTableAssociations': z.object({
    Associations: list(transit.transitGatewayAssociation),
  }),
  'ec2:GetTransitGatewayRouteTablePropagations': z.object({
    TransitGatewayRouteTablePropagations: list(transit.transitGatewayAssociation),
  }),
  'elasticloadbalancing:DescribeListeners': z.object({ Listeners: list(elbv2.listener) }),
  'elasticloadbalancing:DescribeLoadBalancerAttributes': z.object({ Attributes: list(elbv2.attribute) }),
  'elasticloadbalancing:DescribeRules': z.object({ Rules: list(elbv2.rule) }),
  'elasticloadbalancing:DescribeTargetGroupAttributes': z.object({ Attributes: list(elbv2.attribute) }),
  'elasticloadbalancing:DescribeTargetHealth': z.object({
    TargetHealthDescriptions: list(elbv2.targetHealthDescription),
  }),
  'ecs:DescribeServices': z.object({ services: list(ecs.service) }),
  'ecs:DescribeTasks': z.object({ tasks: list(ecs.task) }),
  'ecs:DescribeContainerInstances': z.object({ containerInstances: list(ecs.containerInstance) }),
  'ecs:DescribeTaskDefinition': z.object({ taskDefinition: ecs.taskDefinition.optional() }),
  'iam:GetRole': iam.roleResponse,
  'iam:ListAttachedRolePolicies': iam.attachedPolicies,
  'iam:ListRolePolicies': iam.inlinePolicies,
  'iam:GetRolePolicy': iam.inlinePolicy,
  'iam:GetPolicyVersion': iam.policyVersionResponse,
  'ecr:DescribeImages': ecr.images,
  'ecr:GetRepositoryPolicy': ecr.repositoryPolicy,
  'secretsmanager:DescribeSecret': secrets.secret,
  'ssm:DescribeParameters': secrets.parameters,
  'efs:DescribeMountTargetSecurityGroups': efs.mountTargetSecurityGroups,
  'efs:DescribeFileSystemPolicy': efs.fileSystemPolicy,
  'apigateway:GetResources': z.object({ items: list(gateway.resource) }),
  'apigatewayv2:GetIntegrations': z.object({ Items: list(gateway.integration) }),
  'route53:ListResourceRecordSets': z.object({ ResourceRecordSets: list(route53.recordSet) }),
} as const satisfies Record<string, z.ZodType>

export type UnkeyedOperation = keyof typeof unkeyedOperations
export type KeyedOperation = keyof typeof keyedOperations
export type Operation = UnkeyedOperation | KeyedOperation

export type UnkeyedResponse<O extends UnkeyedOperation> = z.infer<(typeof unkeyedOperations)[O]>
export type KeyedResponse<O extends KeyedOperation> = z.infer<(typeof keyedOperations)[O]>
