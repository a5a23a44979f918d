/** The engine's answer and the naive evaluator's, in the same terms. */
import { explainQuery } from '../../shared/explain.ts'
import type { Blocker, Explanation } from '../../shared/reachability/result.ts'
import type { Enumerated } from './enumerate.ts'
import type { Layer, Packet } from './evaluator.ts'
import type { Flow, Ports } from './flows.ts'

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

/** Across VPCs a reference matches over peering only, so it is as unknown as the way. */
const DEPENDS_ON_PATH = /whether rules that refer to [\w, -]+ match depends on a path that is not known/

/** Nor are the ACLs of the subnet that it stands in. */
const PRIVATE_NAT = /nat-\w+ is a private NAT gateway/

/** The far side sees another address and port, so that the engine judges nothing behind it. */
const BEHIND_NAT = /what lies behind nat-\w+ is not analysed/

/**
 * Ways that the engine says it does not follow. The naive evaluator takes each for a block, which the engine may
 * call `unknown`; never may it call it a pass, and what it says of all other layers must agree.
 */
const NOT_FOLLOWED = [
  BEHIND_NAT,
  PRIVATE_NAT,
  /an interface with \S+ is not among what was collected/,
  // IPv6 from VPC to VPC over the internet, which may well work.
  /what lies behind igw-\w+ is not analysed/,
  DEPENDS_ON_PATH,
]

/** The engine follows no such way, so its answer has a gap where the naive evaluator's has none. */
export const hasGap = ({ unknown }: Explanation): boolean => unknown.length > 0

/** Undefined when they agree, else what each says. */
export function disagreement(answer: Explanation, naive: Enumerated): string | undefined {
  const layers = new Set(answer.blockers.map(layerOf))
  const same = hasGap(answer)
    ? agreeApartFromGap(answer, layers, naive)
    : answer.verdict === naive.verdict && equal(layers, new Set(naive.layers.keys()))
  if (same) return wronglyAdmitted(answer, naive)
  const lines = (list: Iterable<string>) => [...list].sort().join(', ')
  const unknown = answer.unknown.map(({ missing, because }) => `${missing} (${because})`)
  return [
    `engine: ${answer.verdict}: ${lines(layers)} ${lines(unknown)}`,
    `naive:  ${naive.verdict}: ${lines(naive.layers.keys())}`,
  ].join('\n')
}

const equal = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size === other.size && [...one].every((layer) => other.has(layer))

const isRoute = (layer: Layer) => layer.endsWith(' route')

function agreeApartFromGap(answer: Explanation, layers: ReadonlySet<Layer>, naive: Enumerated): boolean {
  const naiveLayers = [...naive.layers.keys()]
  const says = (reason: RegExp) => answer.unknown.some(({ because }) => reason.test(because))
  const groupsToo = says(DEPENDS_ON_PATH)
  const aclsToo = says(PRIVATE_NAT)
  const farSideToo = says(BEHIND_NAT) || aclsToo
  const open = (layer: Layer) =>
    isRoute(layer) ||
    (farSideToo && layer !== 'forward egress security-group' && !layers.has(layer)) ||
    (groupsToo && layer.endsWith('security-group')) ||
    (aclsToo && layer.includes('network-acl') && !layers.has(layer))
  const filters = (of: Iterable<Layer>) => new Set([...of].filter((layer) => !open(layer)))
  return (
    answer.unknown.every(({ because }) => NOT_FOLLOWED.some((reason) => reason.test(because))) &&
    naive.verdict === 'blocked' &&
    naiveLayers.some((layer) => isRoute(layer) && !layers.has(layer)) &&
    [...layers].every((layer) => naive.layers.has(layer)) &&
    equal(filters(layers), filters(naiveLayers)) &&
    (answer.verdict === 'unknown' || answer.verdict === 'blocked')
  )
}

/** A packet that a layer blocks must be among the ports that the engine says this layer blocks. */
function wronglyAdmitted(answer: Explanation, naive: Enumerated): string | undefined {
  if (answer.flow.protocol !== 'tcp' && answer.flow.protocol !== 'udp') return undefined
  if (answer.unknown.some(({ because }) => PRIVATE_NAT.test(because))) return undefined
  for (const [layer, packet] of naive.layers) {
    if (hasGap(answer) && !answer.blockers.some((blocker) => layerOf(blocker) === layer)) continue
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
  const nat = blocked.sourcePorts !== undefined && includes(blocked.sourcePorts, packet.natPort)
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
