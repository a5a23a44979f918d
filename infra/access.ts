/**
 * What the functions may do, as data: the roles of the CDK construct are made of it, and a test holds it against the
 * calls that each function's code can make. `<...>` in a resource names something that the deployment knows; a
 * statement about something that it does not have (no Slack, say) is left out.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
import { ID_INDEX, listIndexes } from '../shared/findings/table.ts'
import { MEMBER_ROLE } from './members.ts'

export interface Access {
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  /** Why a resource has a `*`: every reviewer asks. */
  readonly because?: string
  /** Operator -> key -> values. */
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
}

const anyResource = ['*']
/** In every Region of the account: one role reads them all. */
const own = (service: string, resource: string) =>
  `arn:<AWS::Partition>:${service}:*:<AWS::AccountId>:${resource}`

export const readItems: Access = { actions: ['dynamodb:GetItem', 'dynamodb:Query'], resources: ['<Table>'] }
export const writeItems: Access = { actions: ['dynamodb:PutItem'], resources: ['<Table>'] }
export const queryIndexes: Access = {
  actions: ['dynamodb:Query'],
  resources: [ID_INDEX, ...Object.keys(listIndexes)].map((index) => `<Table>/index/${index}`),
}

const objects = { resources: ['<Bucket>/*'], because: 'all objects of the one bucket' }
/** Without ListBucket S3 would call forbidden what is not there. https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
export const readObjects: readonly Access[] = [
  { actions: ['s3:GetObject'], ...objects },
  { actions: ['s3:ListBucket'], resources: ['<Bucket>'] },
]
export const writeObjects: Access = { actions: ['s3:PutObject', 's3:PutObjectTagging'], ...objects }

export const emitEvents: Access = { actions: ['events:PutEvents'], resources: ['<Bus>'] }
/** Of a member, to the bus of its hub. */
export const forwardEvents: Access = { actions: ['events:PutEvents'], resources: ['<HubBus>'] }
export const publishMessages: Access = {
  actions: ['sns:Publish'],
  resources: ['<FindingsTopic>', '<AmazonQTopic>'],
}
export const readSlackSecret: Access = {
  actions: ['secretsmanager:GetSecretValue'],
  resources: ['<SlackSecret>'],
}

/** `Logs` is the function's own log group. */
export const writeLogs: Access = {
  actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
  resources: ['<Logs>'],
}

/** Only by way of the services that use it. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html */
export const useKey: Access = {
  actions: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'],
  resources: ['<Key>'],
  conditions: {
    StringEquals: {
      'kms:ViaService': ['dynamodb', 's3', 'sns'].map((service) => `${service}.<AWS::Region>.amazonaws.com`),
    },
  },
}

/** What Lambda does in a function's name when a queue invokes it. */
export const receiveMessages: Access = {
  actions: [
    'sqs:ChangeMessageVisibility',
    'sqs:DeleteMessage',
    'sqs:GetQueueAttributes',
    'sqs:ReceiveMessage',
  ],
  resources: ['<Queue>'],
}

/** The same for the table's stream, and for what could not be told. */
export const readStream: readonly Access[] = [
  {
    actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
    resources: ['<Stream>'],
  },
  {
    actions: ['dynamodb:ListStreams'],
    resources: anyResource,
    because: 'AWS has no resource for this action',
  },
  { actions: ['sqs:SendMessage'], resources: ['<DeadLetters>'] },
]

/** What a state machine does: `Function` is the one that it invokes. */
export const invokeFunction: Access = { actions: ['lambda:InvokeFunction'], resources: ['<Function>'] }
/** https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html */
export const deliverLogs: Access = {
  actions: [
    'logs:CreateLogDelivery',
    'logs:DeleteLogDelivery',
    'logs:DescribeLogGroups',
    'logs:DescribeResourcePolicies',
    'logs:GetLogDelivery',
    'logs:ListLogDeliveries',
    'logs:PutResourcePolicy',
    'logs:UpdateLogDelivery',
  ],
  resources: anyResource,
  because: 'AWS has no resource for deliveries of logs',
}
export const startExecution: Access = { actions: ['states:StartExecution'], resources: ['<StateMachine>'] }

const states = (resource: string) => `arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:${resource}`
/**
 * The items of a distributed map run as executions of the state machine itself. @param name the state machine's
 * https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html
 */
export const runChildren = (name: string): readonly Access[] => [
  { actions: ['states:StartExecution'], resources: [states(`stateMachine:${name}`)] },
  {
    actions: ['states:DescribeExecution', 'states:StopExecution'],
    resources: [states(`execution:${name}:*`), states(`execution:${name}/*`)],
    because: 'executions of the one state machine',
  },
]

export const askTargetHealth: Access = {
  actions: ['elasticloadbalancing:DescribeTargetGroups', 'elasticloadbalancing:DescribeTargetHealth'],
  resources: anyResource,
  because: 'AWS has no resource for these actions',
}

/** The role of member-template.yaml, in the members' accounts and in no others. */
export const assumeMemberRole: Access = {
  actions: ['sts:AssumeRole'],
  resources: [`arn:<AWS::Partition>:iam::*:role/${MEMBER_ROLE}`],
  because: "in the members' accounts, as the condition says",
  conditions: { StringEquals: { 'aws:ResourceAccount': ['<MemberAccounts>'] } },
}

/** What `shared/snapshot/collect` asks: it reads configuration, never values, logs or traffic. */
export const collect: readonly Access[] = [
  {
    actions: [
      'ec2:DescribeAvailabilityZones',
      'ec2:DescribeEgressOnlyInternetGateways',
      'ec2:DescribeInstances',
      'ec2:DescribeInternetGateways',
      'ec2:DescribeManagedPrefixLists',
      'ec2:DescribeNatGateways',
      'ec2:DescribeNetworkAcls',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeRouteTables',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeSecurityGroupVpcAssociations',
      'ec2:DescribeSubnets',
      'ec2:DescribeTransitGatewayAttachments',
      'ec2:DescribeTransitGatewayRouteTables',
      'ec2:DescribeTransitGateways',
      'ec2:DescribeTransitGatewayVpcAttachments',
      'ec2:DescribeVpcAttribute',
      'ec2:DescribeVpcBlockPublicAccessExclusions',
      'ec2:DescribeVpcBlockPublicAccessOptions',
      'ec2:DescribeVpcEndpoints',
      'ec2:DescribeVpcPeeringConnections',
      'ec2:DescribeVpcs',
      'ec2:DescribeVpnGateways',
      'ec2:GetManagedPrefixListEntries',
      'ec2:GetTransitGatewayRouteTableAssociations',
      'ec2:GetTransitGatewayRouteTablePropagations',
      'ec2:SearchTransitGatewayRoutes',
      'elasticloadbalancing:DescribeListeners',
      'elasticloadbalancing:DescribeLoadBalancerAttributes',
      'elasticloadbalancing:DescribeLoadBalancers',
      'elasticloadbalancing:DescribeRules',
      'elasticloadbalancing:DescribeTargetGroupAttributes',
      'elasticloadbalancing:DescribeTargetGroups',
      'elasticloadbalancing:DescribeTargetHealth',
      'ecs:DescribeClusters',
      'ecs:DescribeContainerInstances',
      'ecs:DescribeServices',
      'ecs:DescribeTaskDefinition',
      'ecs:DescribeTasks',
      'ecs:ListClusters',
      'ecs:ListContainerInstances',
      'ecs:ListServices',
      'ecs:ListTasks',
      'logs:DescribeLogGroups',
      'cloudtrail:LookupEvents',
      'ssm:DescribeParameters',
      'aoss:BatchGetVpcEndpoint',
      'aoss:ListVpcEndpoints',
      'route53:ListHostedZones',
      'route53:ListResourceRecordSets',
    ],
    resources: anyResource,
    because:
      'describes and lists; AWS has no resource for most of these actions, and any cluster may be asked about',
  },
  {
    actions: ['iam:GetRole', 'iam:GetRolePolicy', 'iam:ListAttachedRolePolicies', 'iam:ListRolePolicies'],
    resources: ['arn:<AWS::Partition>:iam::<AWS::AccountId>:role/*'],
    because: 'a task may have any role',
  },
  {
    actions: ['iam:GetPolicy', 'iam:GetPolicyVersion'],
    resources: [
      'arn:<AWS::Partition>:iam::<AWS::AccountId>:policy/*',
      'arn:<AWS::Partition>:iam::aws:policy/*',
    ],
    because: 'a role may have any policy',
  },
  {
    actions: ['ecr:DescribeImages', 'ecr:GetRepositoryPolicy'],
    resources: [own('ecr', 'repository/*')],
    because: 'an image may be in any repository',
  },
  {
    actions: ['secretsmanager:DescribeSecret'],
    resources: [own('secretsmanager', 'secret:*')],
    because: 'a container may name any secret; described, never read',
  },
  {
    actions: [
      'elasticfilesystem:DescribeFileSystemPolicy',
      'elasticfilesystem:DescribeFileSystems',
      'elasticfilesystem:DescribeMountTargets',
      'elasticfilesystem:DescribeMountTargetSecurityGroups',
    ],
    resources: [own('elasticfilesystem', 'file-system/*')],
    because: 'a task may mount any file system',
  },
  {
    actions: ['apigateway:GET'],
    resources: ['restapis', 'restapis/*', 'vpclinks', 'apis', 'apis/*'].map(
      (path) => `arn:<AWS::Partition>:apigateway:*::/${path}`,
    ),
    because: 'any API may lead to a load balancer',
  },
]
