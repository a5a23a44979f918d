/** The snapshot's own types: what AWS said, at one moment, and what it did not say. */
import type * as z from 'zod'
import type {
  KeyedOperation,
  KeyedResponse,
  Operation,
  UnkeyedOperation,
  UnkeyedResponse,
} from './operations.ts'
import type * as ec2 from './schemas/ec2.ts'
import type * as ecs from './schemas/ecs.ts'
import type * as elbv2 from './schemas/elbv2.ts'
import type * as route53 from './schemas/route53.ts'

export type Responses = { readonly [O in UnkeyedOperation]?: UnkeyedResponse<O> } & {
  readonly [O in KeyedOperation]?: { readonly [argument: string]: KeyedResponse<O> }
}

export interface CollectError {
  readonly name: string
  readonly message: string
}

/** An account and Region. */
export interface Place {
  readonly accountId: string
  readonly region: string
}

/** What one account and Region said. `coverage` tells whether its lists are complete. */
export interface Scope extends Place {
  readonly coverage: 'region' | 'selection'
  readonly responses: Responses
  readonly errors: { readonly [O in Operation]?: CollectError }
}

export interface Snapshot {
  readonly schemaVersion: '1'
  /** ISO 8601; the moment the collection began. */
  readonly collectedAt: string
  readonly scopes: readonly Scope[]
}

/** Something the answer depends on and AWS has not told: which operation would tell, and why it did not. */
export interface Missing {
  readonly missing: string
  readonly because: string
}

/** A value, or the reason why it is not known. Not known is never the same as "none". */
export type Known<T> =
  | { readonly known: true; readonly value: T }
  | { readonly known: false; readonly missing: Missing }

export type Vpc = z.infer<typeof ec2.vpc>
export type NetworkInterface = z.infer<typeof ec2.networkInterface>
export type Instance = z.infer<typeof ec2.instance>
export type IpPermission = z.infer<typeof ec2.ipPermission>
export type SecurityGroup = z.infer<typeof ec2.securityGroup>
export type Subnet = z.infer<typeof ec2.subnet>
export type NetworkAcl = z.infer<typeof ec2.networkAcl>
export type NetworkAclEntry = z.infer<typeof ec2.networkAclEntry>
export type Route = z.infer<typeof ec2.route>
export type RouteTable = z.infer<typeof ec2.routeTable>
export type NatGateway = z.infer<typeof ec2.natGateway>
export type VpcEndpoint = z.infer<typeof ec2.vpcEndpoint>
export type VpcPeeringConnection = z.infer<typeof ec2.vpcPeeringConnection>

export type LoadBalancer = z.infer<typeof elbv2.loadBalancer>
export type TargetGroup = z.infer<typeof elbv2.targetGroup>
export type ListenerAction = z.infer<typeof elbv2.action>
export type RecordSet = z.infer<typeof route53.recordSet>
export type TargetHealthDescription = z.infer<typeof elbv2.targetHealthDescription>

export type Service = z.infer<typeof ecs.service>
export type Task = z.infer<typeof ecs.task>
export type TaskDefinition = z.infer<typeof ecs.taskDefinition>
export type ContainerDefinition = z.infer<typeof ecs.containerDefinition>
export type Container = z.infer<typeof ecs.container>
