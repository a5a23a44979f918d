/**
 * Services that only the causes of task starts and of edges need. Their clients load when they are first asked: together
 * they cost half of what EC2, ELBv2 and ECS cost at a cold start, and most audits never ask them.
 */
import type { EC2ClientConfig } from '@aws-sdk/client-ec2'

export type ClientConfig = Pick<
  EC2ClientConfig,
  'region' | 'profile' | 'endpoint' | 'retryMode' | 'credentials'
>

const load = {
  iam: async (config: ClientConfig) => new (await import('@aws-sdk/client-iam')).IAM(config),
  logs: async (config: ClientConfig) =>
    new (await import('@aws-sdk/client-cloudwatch-logs')).CloudWatchLogs(config),
  ecr: async (config: ClientConfig) => new (await import('@aws-sdk/client-ecr')).ECR(config),
  secretsmanager: async (config: ClientConfig) =>
    new (await import('@aws-sdk/client-secrets-manager')).SecretsManager(config),
  ssm: async (config: ClientConfig) => new (await import('@aws-sdk/client-ssm')).SSM(config),
  efs: async (config: ClientConfig) => new (await import('@aws-sdk/client-efs')).EFS(config),
  apigateway: async (config: ClientConfig) =>
    new (await import('@aws-sdk/client-api-gateway')).APIGateway(config),
  apigatewayv2: async (config: ClientConfig) =>
    new (await import('@aws-sdk/client-apigatewayv2')).ApiGatewayV2(config),
  opensearchserverless: async (config: ClientConfig) =>
    new (await import('@aws-sdk/client-opensearchserverless')).OpenSearchServerless(config),
  route53: async (config: ClientConfig) => new (await import('@aws-sdk/client-route-53')).Route53(config),
  cloudtrail: async (config: ClientConfig) =>
    new (await import('@aws-sdk/client-cloudtrail')).CloudTrail(config),
} as const

export type FurtherService = keyof typeof load
export type FurtherClient<S extends FurtherService> = Awaited<ReturnType<(typeof load)[S]>>
export type FurtherClients = <S extends FurtherService>(service: S) => Promise<FurtherClient<S>>

export const furtherClients = (config: ClientConfig): FurtherClients =>
  eachOnce((service) => load[service](config))

/** Makes each client once. */
export function eachOnce(make: (service: FurtherService) => Promise<object>): FurtherClients {
  const made = new Map<FurtherService, Promise<object>>()
  return <S extends FurtherService>(service: S) => {
    const client = made.get(service) ?? make(service)
    made.set(service, client)
    return client as Promise<FurtherClient<S>>
  }
}
