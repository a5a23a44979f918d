/** What a cause proposes to change: data only. Remediation applies it, renders it and verifies it. */
import type { IpPermission, NetworkAclEntry, RecordSet, Route } from '../snapshot/types.ts'

/** Of IAM's grammar, to be written as JSON. */
interface PolicyDocument {
  readonly Version?: string
  readonly Statement: readonly object[]
}

/** One change of one AWS resource. A new kind is one member here and one file in remediation/patches. */
export type Patch =
  | {
      readonly kind: 'security-group-rule'
      readonly groupId: string
      readonly direction: 'ingress' | 'egress'
      readonly permission: IpPermission
    }
  | { readonly kind: 'network-acl-entry'; readonly aclId: string; readonly entry: NetworkAclEntry }
  | {
      readonly kind: 'route'
      readonly routeTableId: string
      readonly route: Route
      /** Replaces the route of the same destination (a blackhole) instead of adding one. */
      readonly replaces: boolean
    }
  | {
      readonly kind: 'target-group-settings'
      readonly targetGroupArn: string
      readonly settings: {
        readonly HealthCheckProtocol?: string
        readonly HealthCheckPort?: string
        readonly HealthCheckPath?: string
        readonly HealthCheckIntervalSeconds?: number
        readonly HealthCheckTimeoutSeconds?: number
        readonly UnhealthyThresholdCount?: number
        readonly Matcher?: { readonly HttpCode?: string; readonly GrpcCode?: string }
      }
    }
  | {
      readonly kind: 'target-group-attribute'
      readonly targetGroupArn: string
      readonly key: string
      readonly value: string
    }
  | {
      readonly kind: 'listener-rule'
      readonly listenerArn: string
      readonly targetGroupArn: string
      readonly pathPattern: string
    }
  | {
      readonly kind: 'load-balancer-subnets'
      readonly loadBalancerArn: string
      readonly subnetIds: readonly string[]
    }
  | {
      readonly kind: 'targets'
      readonly targetGroupArn: string
      readonly action: 'register' | 'deregister'
      readonly targets: readonly {
        readonly id: string
        readonly port?: number
        readonly availabilityZone?: string
      }[]
    }
  | {
      readonly kind: 'service'
      readonly clusterArn: string
      readonly serviceName: string
      readonly settings: {
        readonly healthCheckGracePeriodSeconds?: number
        readonly desiredCount?: number
        readonly subnets?: readonly string[]
        readonly assignPublicIp?: 'ENABLED'
      }
    }
  | {
      readonly kind: 'container-definition'
      readonly taskDefinitionArn: string
      readonly containerName: string
      /** Fields of the container definition, or of the task (cpu, memory), that get new values. */
      readonly container?: { readonly [field: string]: unknown }
      readonly task?: { readonly cpu?: string; readonly memory?: string }
    }
  | { readonly kind: 'start-instances'; readonly instanceIds: readonly string[] }
  | {
      readonly kind: 'private-link-enforcement'
      readonly loadBalancerArn: string
      readonly groupIds: readonly string[]
      readonly value: 'on' | 'off'
    }
  | {
      readonly kind: 'rest-api-integration'
      readonly apiId: string
      readonly resourceId: string
      readonly httpMethod: string
      readonly uri: string
    }
  | {
      readonly kind: 'http-api-integration'
      readonly apiId: string
      readonly integrationId: string
      /** A listener's ARN. */
      readonly uri: string
    }
  | {
      /** Route 53 no longer asks how the alias's target is. */
      readonly kind: 'alias-health'
      /** As the snapshot is keyed. */
      readonly hostedZoneId: string
      readonly recordSet: RecordSet
    }
  | {
      readonly kind: 'public-access-exclusion'
      readonly resourceId: string
      readonly mode: 'allow-bidirectional' | 'allow-egress'
    }
  | {
      readonly kind: 'vpc-endpoint'
      readonly endpointId: string
      readonly settings: {
        readonly privateDns?: true
        /** Of a gateway endpoint: these get its route. */
        readonly addRouteTableIds?: readonly string[]
        /** The whole policy document. */
        readonly policy?: PolicyDocument
      }
    }
  | {
      readonly kind: 'new-vpc-endpoint'
      readonly vpcId: string
      /** The end of the service's name: `ecr.api`. */
      readonly service: string
      readonly place:
        | {
            readonly type: 'Interface'
            readonly subnetIds: readonly string[]
            readonly groupIds: readonly string[]
          }
        | { readonly type: 'Gateway'; readonly routeTableIds: readonly string[] }
    }
  | {
      /** Of OpenSearch Serverless' own API. */
      readonly kind: 'open-search-endpoint'
      readonly vpcId: string
      readonly name: string
      readonly subnetIds: readonly string[]
      readonly groupIds: readonly string[]
    }
  | {
      /** An inline policy, added or replaced. */
      readonly kind: 'role-policy'
      readonly roleName: string
      readonly policyName: string
      readonly document: PolicyDocument
    }
  | { readonly kind: 'log-group'; readonly name: string; readonly accountId: string; readonly region: string }
  | { readonly kind: 'vpc-attribute'; readonly vpcId: string; readonly attribute: 'EnableDnsHostnames' }

/** One way to end a cause. The first fix of a cause is the one that opens least. */
export interface Fix {
  readonly title: string
  readonly patches: readonly Patch[]
  /**
   * Whether an analysis of the patched snapshot can show that the cause is gone. A path, a container's
   * command or an application lies outside configuration: such a fix is never called verified.
   */
  readonly verifiable: boolean
  /** Commands where no patch can express the cure (recreate a target group, ...). */
  readonly manual?: {
    readonly cli: readonly string[]
    readonly cloudformation?: string
    readonly terraform?: string
  }
}
