import { EC2Client, type EC2ClientConfig } from '@aws-sdk/client-ec2'
import { ECSClient } from '@aws-sdk/client-ecs'
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'
import { STSClient } from '@aws-sdk/client-sts'
import { type FurtherClients, furtherClients } from './further-clients.ts'

export interface Clients {
  readonly ec2: EC2Client
  readonly elb: ElasticLoadBalancingV2Client
  readonly ecs: ECSClient
  readonly sts: STSClient
  /** `await clients.further('iam')` */
  readonly further: FurtherClients
}

export interface ClientOptions {
  /** @default AWS_REGION, or the profile's Region */
  readonly region?: string | undefined
  /** @default AWS_PROFILE, or "default" */
  readonly profile?: string | undefined
  /** @default AWS_ENDPOINT_URL, or AWS itself */
  readonly endpointUrl?: string | undefined
  /** @default the SDK's own chain */
  readonly credentials?: EC2ClientConfig['credentials']
}

/** The SDK's own chain decides what is not given: environment, profiles, SSO, container and instance roles. */
export function createClients({ region, profile, endpointUrl, credentials }: ClientOptions = {}): Clients {
  const config = {
    retryMode: 'adaptive',
    ...(region && { region }),
    ...(profile && { profile }),
    ...(endpointUrl && { endpoint: endpointUrl }),
    ...(credentials && { credentials }),
  }
  return {
    ec2: new EC2Client(config),
    elb: new ElasticLoadBalancingV2Client(config),
    ecs: new ECSClient(config),
    sts: new STSClient(config),
    further: furtherClients(config),
  }
}
