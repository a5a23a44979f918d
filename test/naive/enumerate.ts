/** What a question about sets of ports comes to when every packet is asked alone. */
import type { Aws } from './aws.ts'
import { blockingLayers, type Layer, type Packet } from './evaluator.ts'
import type { Flow, Ports } from './flows.ts'

export interface Enumerated {
  readonly verdict: 'reachable' | 'partial' | 'blocked'
  /** Per layer that blocks, one of the packets that it blocks. */
  readonly layers: ReadonlyMap<Layer, Packet>
  readonly packets: number
}

type Evaluate = typeof blockingLayers

const PROTOCOLS = { tcp: 6, udp: 17, icmp: 1 } as const
const ICMPV6 = 58
/** A NAT gateway picks any of these (REMAP_EPHEMERAL_PORT, https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html). */
const NAT_PORTS: Ports = { from: 1024, to: 65535 }
const SMALL = 16

export const protocolOf = (flow: Flow): number =>
  flow.protocol === 'icmp' && flow.ipv6 ? ICMPV6 : PROTOCOLS[flow.protocol]

/** @param extra random ports, asked besides those at which a rule begins or ends */
export function enumerate(
  aws: Aws,
  flow: Flow,
  extra: readonly number[],
  evaluate: Evaluate = blockingLayers,
): Enumerated {
  const layers = new Map<Layer, Packet>()
  let passed = 0
  const packets = packetsOf(aws, flow, extra)
  for (const packet of packets) {
    const blocking = evaluate(aws, packet)
    if (blocking.size === 0) passed += 1
    for (const layer of blocking) layers.set(layer, packet)
  }
  const verdict = passed === packets.length ? 'reachable' : passed === 0 ? 'blocked' : 'partial'
  return { verdict, layers, packets: packets.length }
}

function packetsOf(aws: Aws, flow: Flow, extra: readonly number[]): readonly Packet[] {
  const protocol = protocolOf(flow)
  const packet = { from: flow.from, to: flow.to, protocol }
  if (flow.protocol === 'icmp') return [{ ...packet, sourcePort: 0, destinationPort: 0, natPort: 0 }]
  const starts = boundaries(aws, protocol)
  const portsIn = (ports: Ports) => chosen(ports, starts, extra)
  const natPorts =
    flow.to.startsWith('eni-') || flow.ipv6 || aws.natGateways.length === 0 ? [1024] : portsIn(NAT_PORTS)
  return portsIn(flow.sourcePorts).flatMap((sourcePort) =>
    portsIn(flow.destinationPorts).flatMap((destinationPort) =>
      natPorts.map((natPort) => ({ ...packet, sourcePort, destinationPort, natPort })),
    ),
  )
}

/** All ports of a small range; else one of every stretch within which no rule begins or ends, and some random ones. */
function chosen(ports: Ports, starts: readonly number[], extra: readonly number[]): readonly number[] {
  if (ports.to - ports.from < SMALL) {
    return Array.from({ length: ports.to - ports.from + 1 }, (_, offset) => ports.from + offset)
  }
  const inside = [...starts, ...extra].filter((port) => port > ports.from && port < ports.to)
  return [...new Set([ports.from, ...inside, ports.to])]
}

const boundariesOf = new WeakMap<Aws, Map<number, readonly number[]>>()

/** The ports at which a rule for the protocol begins, or has just ended. */
function boundaries(aws: Aws, protocol: number): readonly number[] {
  const known = boundariesOf.get(aws) ?? new Map<number, readonly number[]>()
  boundariesOf.set(aws, known)
  const found = known.get(protocol) ?? [...new Set(startsOf(aws, protocol))]
  known.set(protocol, found)
  return found
}

function startsOf(aws: Aws, protocol: number): readonly number[] {
  const names = [String(protocol), protocol === 6 ? 'tcp' : 'udp']
  const groupRules = aws.groups
    .flatMap((group) => [...(group.IpPermissions ?? []), ...(group.IpPermissionsEgress ?? [])])
    .filter((rule) => names.includes(rule.IpProtocol ?? ''))
    .flatMap((rule) => [rule.FromPort ?? 0, (rule.ToPort ?? 0) + 1])
  const aclRules = aws.acls
    .flatMap((acl) => acl.Entries ?? [])
    .filter((entry) => entry.Protocol === String(protocol))
    .flatMap((entry) => [entry.PortRange?.From ?? 0, (entry.PortRange?.To ?? 0) + 1])
  return [...groupRules, ...aclRules]
}
