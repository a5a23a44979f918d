/**
 * A load balancer as destination: the way to its nodes, and on through listeners and target groups to the targets.
 * Which node a client gets, which rule its request meets and which target is chosen, nobody knows: every one counts.
 */
import { intersect, subtract } from '../network/intervals.ts'
import { type LoadBalancerNode, loadBalancerKind } from '../network/load-balancers.ts'
import type { Network } from '../network/network.ts'
import { EPHEMERAL, onePort, type PortSet } from '../network/ports.ts'
import { hasPorts } from '../network/protocol.ts'
import { explainAnywhere } from '../reachability/anywhere.ts'
import { type Flow, portsText } from '../reachability/flow.ts'
import type { Explanation } from '../reachability/result.ts'
import type { LoadBalancer, Scope } from '../snapshot/types.ts'
import { arrive, untoldAddress } from './arrival.ts'
import { parties } from './clients.ts'
import { enter, enterBehind } from './enter.ts'
import { type Arrival, balancerComponent, type Entrance } from './entrance.ts'
import { type Door, doorsOf, noListener, openPorts } from './listeners.ts'
import { balancerOf } from './lookups.ts'
import { allOf, doubted, numbered, stopped, unclear, unknownLike, withHop } from './way.ts'

interface Asked {
  readonly scope: Scope
  readonly arn: string
  readonly nodes: readonly LoadBalancerNode[]
}

/** @param arrivals at least one; `nodes` holds the interfaces that they lead to */
export function toLoadBalancer(
  network: Network,
  arrivals: readonly Arrival[],
  flow: Flow,
  { scope, arn, nodes }: Asked,
): Explanation {
  const found = balancerOf(scope, arn)
  if (found.known) return numbered(into(network, scope, found.value, arrivals, nodes, flow))
  const ways = arrivals.map(([client, node]) => explainAnywhere(network, client, node, flow))
  return doubted(allOf(ways), found.missing)
}

function into(
  network: Network,
  scope: Scope,
  balancer: LoadBalancer,
  arrivals: readonly Arrival[],
  nodes: readonly LoadBalancerNode[],
  flow: Flow,
): Explanation {
  const behind = loadBalancerKind(balancer) === 'network' ? enterBehind : undefined
  const entrance = { network, scope, balancer, flow, walks: new Map(), groups: new Map(), behind }
  if (!hasPorts(flow.protocol)) return allOf(arrivals.map((arrival) => arrive(entrance, arrival, flow)))
  const doors = doorsOf(scope, balancer, flow.protocol)
  if (doors.known) return throughDoors(entrance, arrivals, nodes, doors.value)
  const step = { component: balancerComponent(balancer), direction: 'ingress' } as const
  return allOf(arrivals.map((arrival) => unclear(arrive(entrance, arrival, flow), step, doors.missing)))
}

function throughDoors(
  entrance: Entrance,
  arrivals: readonly Arrival[],
  nodes: readonly LoadBalancerNode[],
  doors: readonly Door[],
): Explanation {
  const { flow } = entrance
  const asked = flow.destinationPorts
  const refused = subtract(asked, openPorts(doors))
  const open = doors.filter(({ port }) => intersect(asked, onePort(port)).length > 0)
  const ways = open.flatMap((door) =>
    parties(entrance, arrivals, door).map((party) =>
      throughDoor(entrance, party, nodes, door, doors, refused),
    ),
  )
  const closed =
    refused.length > 0 ? arrivals.map((arrival) => turnedAway(entrance, arrival, doors, refused)) : []
  const untold = untoldAddress(entrance, arrivals)
  const opened = untold ? ways.flatMap((way) => [way, unknownLike(way, untold)]) : ways
  const all = allOf([...opened, ...closed])
  const shown = opened.length > 0 ? allOf(opened) : all
  const destinationPorts = portsText(flow.protocol, asked)
  return { ...all, forward: shown.forward, return: shown.return, flow: { ...shown.flow, destinationPorts } }
}

/** @param party at least one arrival, all at the same node */
function throughDoor(
  entrance: Entrance,
  party: readonly Arrival[],
  nodes: readonly LoadBalancerNode[],
  door: Door,
  doors: readonly Door[],
  refused: PortSet,
): Explanation {
  const { flow } = entrance
  const [[client, end]] = party as readonly [Arrival, ...Arrival[]]
  const narrowed = { ...flow, destinationPorts: onePort(door.port) }
  const way = allOf(party.map((arrival) => arrive(entrance, arrival, narrowed)))
  const node = nodes.find(({ nic }) => nic === end.nic)
  if (node === undefined) throw new Error(`${end.nic?.id} is no node of ${entrance.balancer.LoadBalancerArn}`)
  // Where the load balancer ends TLS, the connection to the target is one of its own.
  const sourcePorts = door.listener.Protocol === 'TLS' ? EPHEMERAL : flow.sourcePorts
  const visit = { client, node, port: door.port, sourcePorts }
  return enter(entrance, atSomePorts(entrance, way, doors, refused), visit, door)
}

function atSomePorts(
  { balancer }: Entrance,
  way: Explanation,
  doors: readonly Door[],
  refused: PortSet,
): Explanation {
  if (refused.length === 0) return way
  const { explanation } = noListener(balancer, doors, refused)
  return withHop(
    way,
    { component: balancerComponent(balancer), direction: 'ingress', explanation },
    'partial',
  )
}

function turnedAway(
  entrance: Entrance,
  arrival: Arrival,
  doors: readonly Door[],
  refused: PortSet,
): Explanation {
  const { balancer, flow } = entrance
  const blocker = noListener(balancer, doors, refused)
  const { component, direction, explanation } = blocker
  const way = arrive(entrance, arrival, { ...flow, destinationPorts: refused })
  return stopped(way, { component, direction, explanation }, [blocker])
}
