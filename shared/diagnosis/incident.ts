/** Everything that a diagnosis looks at for one subject, joined from the snapshot. Unknown parts say so. */
import type { Subject } from '../findings/finding.ts'
import type { LoadBalancerNode } from '../network/load-balancers.ts'
import type { Network } from '../network/network.ts'
import type { Inside } from '../reachability/layers.ts'
import type { Explanation } from '../reachability/result.ts'
import type {
  Instance,
  Known,
  LoadBalancer,
  Scope,
  Service,
  TargetGroup,
  Task,
  TaskDefinition,
} from '../snapshot/types.ts'

/** One health-check path: from a node of a load balancer to a target's health-check port. */
export interface Probe {
  readonly loadBalancer: LoadBalancer
  readonly node: LoadBalancerNode
  /** False for another zone's node while cross-zone load balancing is off: it sends the target no traffic. */
  readonly serving: Known<boolean>
  readonly explanation: Explanation
  /** The same way to the traffic port, where the check uses another one. */
  readonly traffic: Explanation | undefined
}

/** Stands for the state of a target where AWS gave none. */
export const STATE_NOT_TOLD = 'unknown'

export interface TargetFacts {
  /** As registered: an instance id, an IP address, an ALB's ARN or a function's. */
  readonly id: string
  readonly port: number | undefined
  readonly availabilityZone: string | undefined
  readonly state: string
  readonly reason: string | undefined
  readonly description: string | undefined
  /** The port the check really uses, "traffic-port" resolved. */
  readonly checkPort: number | undefined
  readonly end: Known<Inside>
  readonly instance: Instance | undefined
  /** The running ECS task behind it, where one is known. */
  readonly task: Task | undefined
  /** One for each node of each load balancer; not known when the path cannot even be asked for. */
  readonly probes: Known<readonly Probe[]>
}

/** A function is invoked: no packet goes to it. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html */
export const isInvoked = ({ group }: Pick<Incident, 'group'>): boolean =>
  group?.targetGroup.TargetType === 'lambda'

/** A listener's or rule's action that sends traffic to the group. */
export interface Forward {
  readonly loadBalancerArn: string
  readonly listenerArn: string
  readonly ruleArn: string | undefined
  readonly listenerPort: number | undefined
  readonly listenerProtocol: string | undefined
  readonly weight: number | undefined
}

export interface GroupFacts {
  readonly targetGroup: TargetGroup
  /** Attribute values by key. */
  readonly attributes: Known<Readonly<Record<string, string>>>
  /** The load balancers that the group is attached to. */
  readonly loadBalancers: Known<readonly LoadBalancer[]>
  readonly forwards: Known<readonly Forward[]>
  /** All registered targets. */
  readonly targets: Known<readonly TargetFacts[]>
}

export interface ServiceFacts {
  readonly service: Service
  readonly taskDefinition: Known<TaskDefinition>
  readonly runningTasks: Known<readonly Task[]>
  /** Tasks that AWS still remembers (about an hour), newest first. */
  readonly stoppedTasks: Known<readonly Task[]>
}

export interface Incident {
  readonly subject: Subject
  readonly scope: Scope
  readonly network: Network
  /** Absent for a service or a task without a target group. */
  readonly group: GroupFacts | undefined
  /** The load balancer in question, as its clients meet it. */
  readonly balancer: LoadBalancer | undefined
  /** Services that register targets in the group, or the service or task (as a service of its own) in question. */
  readonly services: Known<readonly ServiceFacts[]>
}
