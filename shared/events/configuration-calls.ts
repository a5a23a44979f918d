/**
 * The AWS API calls that change what health checks, task starts and clients rest on, and which of their parameters
 * name the changed object. The deployment's rules are made of the same table.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */

/** The start of an AWS id, or the service and kind of an ARN; `role` stands for IAM's names. */
export type ObjectKind =
  | 'sg'
  | 'eni'
  | 'rtb'
  | 'rtbassoc'
  | 'subnet'
  | 'acl'
  | 'aclassoc'
  | 'vpc'
  | 'vpce'
  | 'pcx'
  | 'tgw-rtb'
  | 'tgw-attach'
  | 'nat'
  | 'igw'
  | 'eigw'
  | 'pl'
  | 'loadbalancer'
  | 'targetgroup'
  | 'service'
  | 'role'
  | 'policy'
  | 'public-access'

type Calls = Readonly<Record<string, readonly ObjectKind[]>>

const ec2: Calls = {
  AuthorizeSecurityGroupIngress: ['sg'],
  AuthorizeSecurityGroupEgress: ['sg'],
  RevokeSecurityGroupIngress: ['sg'],
  RevokeSecurityGroupEgress: ['sg'],
  ModifySecurityGroupRules: ['sg'],
  AssociateSecurityGroupVpc: ['sg'],
  DisassociateSecurityGroupVpc: ['sg'],
  ModifyNetworkInterfaceAttribute: ['eni'],
  CreateRoute: ['rtb'],
  ReplaceRoute: ['rtb'],
  DeleteRoute: ['rtb'],
  AssociateRouteTable: ['rtb', 'subnet', 'igw'],
  ReplaceRouteTableAssociation: ['rtbassoc', 'rtb'],
  DisassociateRouteTable: ['rtbassoc'],
  CreateNetworkAclEntry: ['acl'],
  ReplaceNetworkAclEntry: ['acl'],
  DeleteNetworkAclEntry: ['acl'],
  ReplaceNetworkAclAssociation: ['aclassoc', 'acl'],
  CreateVpcEndpoint: ['vpc', 'rtb'],
  ModifyVpcEndpoint: ['vpce'],
  DeleteVpcEndpoints: ['vpce'],
  ModifyVpcAttribute: ['vpc'],
  ModifyManagedPrefixList: ['pl'],
  AcceptVpcPeeringConnection: ['pcx'],
  DeleteVpcPeeringConnection: ['pcx'],
  ModifyVpcPeeringConnectionOptions: ['pcx'],
  CreateTransitGatewayRoute: ['tgw-rtb'],
  ReplaceTransitGatewayRoute: ['tgw-rtb'],
  DeleteTransitGatewayRoute: ['tgw-rtb'],
  AssociateTransitGatewayRouteTable: ['tgw-rtb', 'tgw-attach'],
  DisassociateTransitGatewayRouteTable: ['tgw-rtb', 'tgw-attach'],
  EnableTransitGatewayRouteTablePropagation: ['tgw-rtb', 'tgw-attach'],
  DisableTransitGatewayRouteTablePropagation: ['tgw-rtb', 'tgw-attach'],
  ModifyTransitGatewayVpcAttachment: ['tgw-attach'],
  DeleteTransitGatewayVpcAttachment: ['tgw-attach'],
  DeleteNatGateway: ['nat'],
  AttachInternetGateway: ['igw', 'vpc'],
  DetachInternetGateway: ['igw', 'vpc'],
  DeleteEgressOnlyInternetGateway: ['eigw'],
  ModifyVpcBlockPublicAccessOptions: ['public-access'],
  CreateVpcBlockPublicAccessExclusion: ['vpc', 'subnet'],
  ModifyVpcBlockPublicAccessExclusion: ['public-access'],
  DeleteVpcBlockPublicAccessExclusion: ['public-access'],
}

const elasticloadbalancing: Calls = {
  ModifyTargetGroup: ['targetgroup'],
  ModifyTargetGroupAttributes: ['targetgroup'],
  RegisterTargets: ['targetgroup'],
  DeregisterTargets: ['targetgroup'],
  CreateListener: ['loadbalancer', 'targetgroup'],
  ModifyListener: ['loadbalancer', 'targetgroup'],
  DeleteListener: ['loadbalancer'],
  CreateRule: ['loadbalancer', 'targetgroup'],
  ModifyRule: ['loadbalancer', 'targetgroup'],
  DeleteRule: ['loadbalancer'],
  SetSecurityGroups: ['loadbalancer'],
  SetSubnets: ['loadbalancer'],
  ModifyLoadBalancerAttributes: ['loadbalancer'],
}

const ecs: Calls = { CreateService: ['service'], UpdateService: ['service'] }

const iam: Calls = {
  PutRolePolicy: ['role'],
  DeleteRolePolicy: ['role'],
  AttachRolePolicy: ['role'],
  DetachRolePolicy: ['role'],
  PutRolePermissionsBoundary: ['role'],
  DeleteRolePermissionsBoundary: ['role'],
  UpdateAssumeRolePolicy: ['role'],
  CreatePolicyVersion: ['policy'],
  SetDefaultPolicyVersion: ['policy'],
}

/** By the service's event source; IAM, which is global, records in us-east-1. */
export const configurationCalls = {
  'ec2.amazonaws.com': ec2,
  'elasticloadbalancing.amazonaws.com': elasticloadbalancing,
  'ecs.amazonaws.com': ecs,
  'iam.amazonaws.com': iam,
} as const satisfies Readonly<Record<string, Calls>>

export const changedKinds = (eventSource: string, eventName: string): readonly ObjectKind[] | undefined =>
  (configurationCalls as Readonly<Record<string, Calls>>)[eventSource]?.[eventName]

/** Whoever only lets more through a security group did not break a path. */
export const canBreak = (eventName: string): boolean => !/^AuthorizeSecurityGroup/.test(eventName)
