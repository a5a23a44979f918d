/** A load balancer that is entered, and by whom. */
import type { LoadBalancerNode } from '../network/load-balancers.ts'
import type { Network } from '../network/network.ts'
import type { PortSet } from '../network/ports.ts'
import type { Somewhere } from '../reachability/anywhere.ts'
import type { Flow } from '../reachability/flow.ts'
import type { End } from '../reachability/layers.ts'
import type { Component, Explanation } from '../reachability/result.ts'
import type { LoadBalancer, Scope } from '../snapshot/types.ts'
import type { Group } from './group.ts'

export interface Entrance {
  readonly network: Network
  readonly scope: Scope
  readonly balancer: LoadBalancer
  /** What was asked of it. */
  readonly flow: Flow
  /** Walks by their ends and ports: equal ones are made once. */
  readonly walks: Map<string, Explanation>
  /** Target groups by the load balancer that uses them. */
  readonly groups: Map<string, Group>
  /** Goes into a load balancer that is a target; only a Network Load Balancer has such targets. */
  readonly behind: ((entrance: Entrance, way: Explanation, visit: Visit) => Explanation) | undefined
}

/** From one address of a client to one of a node. */
export type Arrival = readonly [client: End | Somewhere, node: End | Somewhere]

/** What comes to one node. */
export interface Visit {
  readonly client: End | Somewhere
  readonly node: LoadBalancerNode
  /** The listener's. */
  readonly port: number
  /** The client's ports, as targets see them that see its address. */
  readonly sourcePorts: PortSet
}

export const balancerComponent = ({
  LoadBalancerArn: id,
  LoadBalancerName: name,
}: LoadBalancer): Component => ({
  type: 'load-balancer',
  id,
  ...(name !== undefined && { name }),
})
