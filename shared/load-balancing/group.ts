/** A target group as one load balancer uses it. */
import type { Attributes } from '../network/load-balancing/attributes.ts'
import type { TargetEnd } from '../network/load-balancing/target-ends.ts'
import type { Zone } from '../network/load-balancing/zones.ts'
import type { MissingKnowledge } from '../reachability/result.ts'
import type { Known, TargetGroup } from '../snapshot/types.ts'

export interface Group {
  readonly targetGroup: TargetGroup
  readonly attributes: Attributes
  readonly receivers: readonly Receiver[]
  readonly idle: readonly Idle[]
}

export interface Receiver {
  readonly kind: 'receiver'
  /** As registered: an instance id, an address or a load balancer's ARN. */
  readonly id: string
  readonly port: Known<number>
  /** 'all': served by the nodes of every zone. */
  readonly zone: Zone | 'all' | undefined
  readonly unhealthy: boolean
  readonly end: Known<TargetEnd>
  /** Why it is not certain that it receives anything. */
  readonly doubt: MissingKnowledge | undefined
}

/** A target that certainly receives nothing. */
export interface Idle {
  readonly kind: 'idle'
  readonly code: string
  readonly because: string
}
