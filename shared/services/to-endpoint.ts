/** Can X reach a VPC endpoint that is named by its id. */
import type { Endpoint, Network } from '../network/network.ts'
import type { Flow } from '../reachability/flow.ts'
import type { Inside } from '../reachability/layers.ts'
import type { Blocker, Explanation, MissingKnowledge } from '../reachability/result.ts'
import { shortName } from './names.ts'
import { toEndpoints, toPublic } from './reach.ts'

/** @returns what is missing where the way cannot be asked for */
export function reachEndpoint(
  network: Network,
  source: Inside,
  endpoint: Endpoint,
  flow: Flow,
): Explanation | MissingKnowledge {
  const { VpcEndpointId: id, VpcEndpointType: type, State: state } = endpoint
  const missing = (because: string) => ({ missing: 'ec2:DescribeVpcEndpoints', because })
  if (type === undefined || state === undefined) return missing(`${id} came without its type or state`)
  if (type === 'GatewayLoadBalancer')
    return {
      missing: 'network-firewall:DescribeFirewallPolicy',
      because: `${id} leads to appliances, whose rules decide`,
    }
  const way =
    type === 'Gateway'
      ? byRoute(network, source, endpoint, flow)
      : toEndpoints(network, source, flow, [endpoint])
  if (!way)
    return missing(`the interfaces of ${id} were not collected, or have no address of the sender’s family`)
  const named = { ...way, flow: { ...way.flow, destination: id } }
  if (
    state.toLowerCase() === 'available' ||
    way.blockers.some(({ awsExplanationCode }) => awsExplanationCode === 'BAD_STATE')
  )
    return named
  return blockedBy(named, {
    component: { type: 'vpc-endpoint', id },
    awsExplanationCode: 'BAD_STATE',
    explanation: `${id} is ${state}, not available`,
  })
}

/** A gateway endpoint is met only by subnets whose table leads to it. */
function byRoute(network: Network, source: Inside, endpoint: Endpoint, flow: Flow): Explanation | undefined {
  const way = toPublic(network, source, shortName(endpoint.ServiceName ?? ''), flow)
  if (!way || way.verdict === 'unknown') return way
  const { VpcEndpointId: id } = endpoint
  if (way.forward.some(({ component }) => component.id === id)) return way
  const table = network.routeTables[source.nic.subnet?.routeTable ?? -1]?.id ?? 'unknown'
  return blockedBy(way, {
    component: { type: 'route-table', id: table },
    awsExplanationCode: 'NO_ROUTE_TO_DESTINATION',
    explanation: `${table} of ${source.nic.subnetId} has no route to ${id}`,
  })
}

type Reason = Pick<Blocker, 'component' | 'awsExplanationCode' | 'explanation'>

function blockedBy(way: Explanation, { component, awsExplanationCode, explanation }: Reason): Explanation {
  const direction = 'egress'
  const hop = {
    sequence: way.forward.length + 1,
    component,
    direction,
    verdict: 'block',
    explanation,
  } as const
  const blocked = { destinationPorts: way.flow.destinationPorts }
  const blocker: Blocker = { leg: 'forward', direction, component, awsExplanationCode, blocked, explanation }
  return { ...way, verdict: 'blocked', forward: [...way.forward, hop], blockers: [...way.blockers, blocker] }
}
