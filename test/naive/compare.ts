/** The engine's answer and the naive evaluator's, in the same terms. */
import { explainQuery } from '../../shared/explain.ts'
import type { Blocker, Explanation } from '../../shared/reachability/result.ts'
import type { Layer } from './checks.ts'
import type { Enumerated } from './enumerate.ts'
import type { Packet } from './evaluator.ts'
import type { Flow, Ports } from './flows.ts'
import { isExpected, isLeft } from './gaps.ts'

export type Network = Parameters<typeof explainQuery>[0]

const text = ({ from, to }: Ports) => (from === to ? String(from) : `${from}-${to}`)

export function ask(network: Network, flow: Flow): Explanation {
  const { from, to, protocol } = flow
  if (protocol === 'icmp') return explainQuery(network, { from, to, protocol: flow.ipv6 ? 'icmpv6' : 'icmp' })
  return explainQuery(network, {
    from,
    to,
    protocol,
    port: text(flow.destinationPorts),
    sourcePort: text(flow.sourcePorts),
  })
}

/** Everything about the way (tables, gateways, connections, public addresses) is the layer "route" of its leg. */
export function layerOf({ leg, direction, component, awsExplanationCode }: Blocker): Layer {
  if (component.type === 'network-acl') return `${leg} ${direction} network-acl ${component.id}`
  const isGroups = awsExplanationCode === 'ENI_SG_RULES_MISMATCH' || awsExplanationCode.startsWith('SG_')
  return isGroups ? `${leg} ${direction} security-group` : `${leg} route`
}

/** Undefined when they agree, else what each says. */
export function disagreement(answer: Explanation, naive: Enumerated): string | undefined {
  const layers = new Set(answer.blockers.map(layerOf))
  if (isExpected(answer)) {
    if (answer.verdict === naive.verdict && agree(layers, naive)) return wronglyAdmitted(answer, naive)
    if (isLeft(answer, naive) && claims(layers, naive)) return undefined
  }
  const lines = (list: Iterable<string>) => [...list].sort().join(', ')
  const unknown = answer.unknown.map(({ missing, because }) => `${missing} (${because})`)
  return [
    `engine: ${answer.verdict}: ${lines(layers)} ${lines(unknown)}`,
    `naive:  ${naive.verdict}: ${lines(naive.layers.keys())}${naive.cut.size > 0 ? `, then ${lines(naive.cut)} unjudged` : ''}`,
  ].join('\n')
}

const agree = (layers: ReadonlySet<Layer>, naive: Enumerated): boolean =>
  [...naive.layers.keys()].every((layer) => layers.has(layer) || isCutOff(naive, layer)) &&
  claims(layers, naive)

/** What the engine says that blocks does. */
const claims = (layers: ReadonlySet<Layer>, naive: Enumerated): boolean =>
  [...layers].every((layer) => naive.layers.has(layer) || isCutOff(naive, layer))

/** Where a way breaks before all of it is known, either may say what it likes of the subnets and ends beyond. */
export const isCutOff = ({ cut }: Enumerated, layer: Layer): boolean =>
  (cut.has('return') && layer.startsWith('return ')) ||
  (cut.has('forward') && (/^forward .*network-acl/.test(layer) || layer === 'forward ingress security-group'))

/** A packet that a layer blocks must be among the ports that the engine says this layer blocks. */
function wronglyAdmitted(answer: Explanation, naive: Enumerated): string | undefined {
  if (answer.flow.protocol !== 'tcp' && answer.flow.protocol !== 'udp') return undefined
  for (const [layer, packet] of naive.layers) {
    if (isCutOff(naive, layer)) continue
    const blockers = answer.blockers.filter((blocker) => layerOf(blocker) === layer)
    if (!blockers.some((blocker) => names(blocker, packet))) {
      const said = JSON.stringify(blockers.map(({ blocked }) => blocked))
      return `${layer} blocks ${packet.sourcePort} -> ${packet.destinationPort}, but the engine says ${said}`
    }
  }
  return undefined
}

function names({ blocked }: Blocker, packet: Packet): boolean {
  const source = blocked.sourcePorts === undefined || includes(blocked.sourcePorts, packet.sourcePort)
  // What a NAT gateway sends on has its port.
  const { sourcePorts } = blocked
  const nat =
    sourcePorts !== undefined &&
    [packet.natPort, packet.farNatPort].some((port) => includes(sourcePorts, port))
  const destination =
    blocked.destinationPorts === undefined || includes(blocked.destinationPorts, packet.destinationPort)
  return (source || nat) && destination
}

function includes(ports: string, port: number): boolean {
  return ports.split(/, */).some((range) => {
    const [from, to = from] = range.split('-').map(Number)
    return from !== undefined && to !== undefined && from <= port && port <= to
  })
}
