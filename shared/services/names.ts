/**
 * AWS services by the names of their endpoints: https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 */
import type { Network } from '../network/network.ts'

/** Whether an interface endpoint can answer for the service's own name, and whether there are gateway endpoints. */
interface ServiceKind {
  readonly privateDns: boolean
  readonly gateway: boolean
}

const INTERFACE: ServiceKind = { privateDns: true, gateway: false }

/** What is not like the others. */
const special: ReadonlyMap<string, ServiceKind> = new Map([
  ['s3', { privateDns: true, gateway: true }],
  ['s3express', { privateDns: false, gateway: true }],
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/privatelink-interface-endpoints.html
  ['dynamodb', { privateDns: false, gateway: true }],
])

const usual: ReadonlySet<string> = new Set([
  'acm-pca',
  'airflow.api',
  'airflow.env',
  'appconfig',
  'appconfigdata',
  'application-autoscaling',
  'appmesh',
  'appmesh-envoy-management',
  'appsync-api',
  'athena',
  'autoscaling',
  'backup',
  'batch',
  'bedrock',
  'bedrock-agent',
  'bedrock-agent-runtime',
  'bedrock-runtime',
  'cloudformation',
  'cloudtrail',
  'codeartifact.api',
  'codeartifact.repositories',
  'codebuild',
  'codecommit',
  'codedeploy',
  'codepipeline',
  'cognito-idp',
  'config',
  'datasync',
  'ebs',
  'ec2',
  'ec2messages',
  'ecr.api',
  'ecr.dkr',
  'ecs',
  'ecs-agent',
  'ecs-telemetry',
  'eks',
  'eks-auth',
  'elasticache',
  'elasticbeanstalk',
  'elasticfilesystem',
  'elasticloadbalancing',
  'elasticmapreduce',
  'email-smtp',
  'events',
  'execute-api',
  'firehose',
  'fis',
  'git-codecommit',
  'glue',
  'guardduty-data',
  'imagebuilder',
  'inspector2',
  'iot.data',
  'kafka',
  'kinesis-firehose',
  'kinesis-streams',
  'kms',
  'lambda',
  'logs',
  'memory-db',
  'monitoring',
  'mq',
  'network-firewall',
  'notebook',
  'organizations',
  'pipes',
  'polly',
  'prometheus',
  'prometheus-workspaces',
  'rds',
  'rds-data',
  'redshift',
  'redshift-data',
  'rekognition',
  'resource-groups',
  'route53resolver',
  'sagemaker.api',
  'sagemaker.runtime',
  'scheduler',
  'secretsmanager',
  'securityhub',
  'servicecatalog',
  'servicediscovery',
  'ses',
  'signin',
  'sns',
  'sqs',
  'ssm',
  'ssmmessages',
  'states',
  'sts',
  'swf',
  'synthetics',
  'textract',
  'transcribe',
  'transfer',
  'transfer.server',
  'verifiedpermissions',
  'xray',
])

/** OpenSearch Serverless has endpoints of its own API. */
export const OPENSEARCH_SERVERLESS = 'aoss'

/** "s3" of "com.amazonaws.ap-northeast-1.s3"; a short name as it is. */
export const shortName = (name: string): string =>
  /^(?:com|cn\.com)\.amazonaws\.(?:[a-z0-9-]+-\d+)\.(.+)$/.exec(name)?.[1] ?? name

/** @returns undefined for a name that neither AWS's list nor an endpoint of the snapshot knows */
export function kindOf(network: Network, service: string): ServiceKind | undefined {
  const found = special.get(service)
  if (found) return found
  if (usual.has(service) || service === OPENSEARCH_SERVERLESS) return INTERFACE
  const named = [...network.vpcEndpoints.values()].some(
    ({ ServiceName }) => ServiceName !== undefined && shortName(ServiceName) === service,
  )
  return named ? INTERFACE : undefined
}
