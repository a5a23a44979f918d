/** From a client to a load balancer's node. */
import { isPublic } from '../network/address.ts'
import { deniesInternetGateway } from '../network/load-balancing/igw-traffic.ts'
import { explainAnywhere } from '../reachability/anywhere.ts'
import { type Flow, portsText } from '../reachability/flow.ts'
import type { End } from '../reachability/layers.ts'
import type { Explanation, MissingKnowledge } from '../reachability/result.ts'
import { known, mapKnown, unknown } from '../snapshot/known.ts'
import type { Known } from '../snapshot/types.ts'
import { type Arrival, balancerComponent, type Entrance } from './entrance.ts'
import { stopped, unclear } from './way.ts'

export function arrive(entrance: Entrance, [client, node]: Arrival, flow: Flow): Explanation {
  const way = explainAnywhere(entrance.network, client, node, flow)
  return refuse(refuse(way, entrance, flow, outOfOrder(entrance)), entrance, flow, shutOut(entrance, client))
}

interface Refusal {
  readonly code: string
  readonly because: string
}

function refuse(
  way: Explanation,
  { balancer }: Entrance,
  flow: Flow,
  refusal: Known<Refusal | undefined>,
): Explanation {
  const step = { component: balancerComponent(balancer), direction: 'ingress' } as const
  if (!refusal.known) return unclear(way, step, refusal.missing)
  if (refusal.value === undefined) return way
  const { code: awsExplanationCode, because: explanation } = refusal.value
  const blocked = { destinationPorts: portsText(flow.protocol, flow.destinationPorts) }
  return stopped(way, { ...step, explanation }, [
    { ...step, leg: 'forward', awsExplanationCode, blocked, explanation },
  ])
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancerState.html */
function outOfOrder({ balancer }: Entrance): Known<Refusal | undefined> {
  const state = balancer.State?.Code
  if (state === undefined)
    return unknown(
      'elasticloadbalancing:DescribeLoadBalancers',
      `the state of ${balancer.LoadBalancerArn} is not told`,
    )
  const works = state === 'active' || state === 'active_impaired'
  return known(
    works ? undefined : { code: 'BAD_STATE', because: `the load balancer is ${state}, not active` },
  )
}

/** An address of the internet that is IPv6 needs no translation, so that a load balancer must shut it out by itself. */
function shutOut({ scope, balancer }: Entrance, { nic, address }: End): Known<Refusal | undefined> {
  if (nic !== undefined || typeof address !== 'bigint' || !isPublic(address)) return known(undefined)
  const because = 'the load balancer takes no traffic from internet gateways (ipv6.deny_all_igw_traffic)'
  return mapKnown(deniesInternetGateway(scope, balancer), (denied) =>
    denied ? { code: 'NO_POSSIBLE_DESTINATION', because } : undefined,
  )
}

/** Clients of the internet use a dualstack load balancer's IPv6 addresses too: what of them is not told. */
export function untoldAddress(
  { balancer }: Entrance,
  arrivals: readonly Arrival[],
): MissingKnowledge | undefined {
  if (!balancer.IpAddressType?.startsWith('dualstack')) return undefined
  const nic = arrivals.find(
    ([client, node]) =>
      client.label === 'internet' && node.nic?.addresses.every((address) => typeof address === 'number'),
  )?.[1].nic
  return (
    nic && { missing: 'ec2:DescribeNetworkInterfaces', because: `the IPv6 address of ${nic.id} is not told` }
  )
}
