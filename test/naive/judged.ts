/** The fast verdict in the terms of the explanation, for flows between two interfaces and to one port. */
import { explain } from '../../shared/reachability/explanation.ts'
import { toPort } from '../../shared/reachability/flow.ts'
import { createJudge } from '../../shared/reachability/judge.ts'
import { explainOnDemand } from '../../shared/reachability/on-demand.ts'
import type { Explanation } from '../../shared/reachability/result.ts'
import { blockingLayers, layerBits, verdictOf } from '../../shared/reachability/verdict-bits.ts'
import { layerOf, type Network } from './compare.ts'
import { protocolOf } from './enumerate.ts'
import type { Flow } from './flows.ts'

const NAMES: Readonly<Record<keyof typeof layerBits, string>> = {
  egressGroups: 'forward egress security-group',
  forwardEgressAcl: 'forward egress network-acl',
  forwardRoute: 'forward route',
  forwardIngressAcl: 'forward ingress network-acl',
  ingressGroups: 'forward ingress security-group',
  returnEgressAcl: 'return egress network-acl',
  returnRoute: 'return route',
  returnIngressAcl: 'return ingress network-acl',
  gateway: 'forward route',
}

/** Undefined when it agrees, or when the flow is not one for the fast verdict. */
export function judgedOtherwise(network: Network, flow: Flow, answer: Explanation): string | undefined {
  const [from, to] = [endOf(network, flow.from), endOf(network, flow.to)]
  const { sourcePorts, destinationPorts } = flow
  if (!from || !to || flow.protocol === 'icmp' || destinationPorts.from !== destinationPorts.to)
    return undefined
  const bits = createJudge(network)(
    from,
    to,
    protocolOf(flow),
    destinationPorts.from,
    sourcePorts.from,
    sourcePorts.to,
  )
  const judged = `${verdictOf(bits)}: ${layersOf(bits).join(', ')}`
  const layers = new Set(answer.blockers.map((blocker) => layerOf(blocker).replace(/ acl-\w+$/, '')))
  const explained = `${answer.verdict}: ${[...layers].sort().join(', ')}`
  return judged === explained ? undefined : `judge:       ${judged}\nexplanation: ${explained}`
}

/** Undefined when the explanation that is written on demand is the whole one, to the letter. */
export function demandedOtherwise(network: Network, flow: Flow): string | undefined {
  const [from, to] = [endOf(network, flow.from), endOf(network, flow.to)]
  if (!from || !to || flow.protocol === 'icmp') return undefined
  const asked = toPort(protocolOf(flow), flow.destinationPorts.from, [flow.sourcePorts])
  const ports = { ...asked, destinationPorts: [flow.destinationPorts] }
  const [whole, demanded] = [explain, explainOnDemand].map((say) =>
    JSON.stringify(say(network, from, to, ports)),
  )
  return whole === demanded
    ? undefined
    : `whole:     ${whole}
on demand: ${demanded}`
}

function endOf(network: Network, idOrAddress: string) {
  const byId = network.interfaceById.get(idOrAddress)
  if (byId) return { nic: byId, address: byId.addresses[0] ?? 0 }
  const nic = network.interfaces.find(({ source }) =>
    (source.Ipv6Addresses ?? []).some((address) => address.Ipv6Address === idOrAddress),
  )
  const address = nic?.addresses.find((one) => typeof one === 'bigint')
  return nic && address !== undefined ? { nic, address } : undefined
}

function layersOf(bits: number): readonly string[] {
  const blocking = blockingLayers(bits)
  const names = Object.entries(layerBits).flatMap(([name, bit]) =>
    blocking & bit ? NAMES[name as keyof typeof layerBits] : [],
  )
  return [...new Set(names)].sort()
}
