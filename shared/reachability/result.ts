/** What the engine answers (contract, "hca explain --output json"): a verdict that carries its proof. */

export type Verdict = 'reachable' | 'partial' | 'blocked' | 'unknown'
export type HopVerdict = 'pass' | 'block' | 'partial' | 'unknown'
export type Leg = 'forward' | 'return'
export type Direction = 'egress' | 'ingress'

type ComponentType =
  | 'network-interface'
  | 'instance'
  | 'load-balancer'
  | 'task'
  | 'security-group'
  | 'network-acl'
  | 'subnet'
  | 'route-table'
  | 'vpc'
  | 'internet-gateway'
  | 'egress-only-internet-gateway'
  | 'nat-gateway'
  | 'vpc-peering-connection'
  | 'transit-gateway'
  | 'transit-gateway-attachment'
  | 'transit-gateway-route-table'
  | 'virtual-private-gateway'
  | 'vpc-endpoint'
  | 'vpc-link'
  | 'record-set'
  | 'vpc-block-public-access'
  | 'ip-address'
  | 'internet'
  | 'aws-service'
  | 'listener'
  | 'target-group'
  | 'ecs-service'
  | 'ecs-task'
  | 'task-definition'
  | 'container'

export interface Component {
  readonly type: ComponentType
  readonly id: string
  /** Name tag or group name, where there is one. */
  readonly name?: string
}

/** The rule or route that decided, in AWS's own words. */
export type DecidingRule = { readonly [field: string]: string | number | boolean | undefined }

export interface Hop {
  /** 1-based within its leg. */
  readonly sequence: number
  readonly component: Component
  readonly direction?: Direction
  readonly verdict: HopVerdict
  readonly rule?: DecidingRule
  readonly explanation: string
}

export interface Blocker {
  readonly leg: Leg
  readonly direction: Direction
  readonly component: Component
  readonly awsExplanationCode: string
  /** The headers that do not pass: the part of the asked ports, as "1024-32767" or "80, 443". */
  readonly blocked: { readonly sourcePorts?: string; readonly destinationPorts?: string }
  readonly explanation: string
}

export interface FlowDescription {
  readonly protocol: string
  readonly source: string
  readonly sourcePorts: string
  readonly destination: string
  readonly destinationPorts: string
}

export interface MissingKnowledge {
  readonly missing: string
  readonly because: string
}

export interface Explanation {
  readonly schemaVersion: '1'
  readonly verdict: Verdict
  readonly flow: FlowDescription
  readonly forward: readonly Hop[]
  readonly return: readonly Hop[]
  readonly blockers: readonly Blocker[]
  readonly unknown: readonly MissingKnowledge[]
}
