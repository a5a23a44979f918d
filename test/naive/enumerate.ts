/** What a question about sets of ports comes to when every packet is asked alone. */
import type { Aws } from './aws.ts'
import type { Layer, Leg } from './checks.ts'
import { judge, type Packet } from './evaluator.ts'
import type { Flow, Ports } from './flows.ts'
import type { Hop } from './place.ts'

export interface Enumerated {
  readonly verdict: 'reachable' | 'partial' | 'blocked'
  /** Per layer that blocks, one of the packets that it blocks. */
  readonly layers: ReadonlyMap<Layer, Packet>
  /** The legs that are not judged to their end. */
  readonly cut: ReadonlySet<Leg>
  /** Whatever is on the way there or back. */
  readonly hops: ReadonlySet<Hop>
  readonly packets: number
}

export type Evaluate = typeof judge

const PROTOCOLS = { tcp: 6, udp: 17, icmp: 1 } as const
const ICMPV6 = 58
/** A NAT gateway picks any of these (REMAP_EPHEMERAL_PORT, https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html). */
const NAT_PORTS: Ports = { from: 1024, to: 65535 }
const SMALL = 16

export const protocolOf = (flow: Flow): number =>
  flow.protocol === 'icmp' && flow.ipv6 ? ICMPV6 : PROTOCOLS[flow.protocol]

/**
 * @param extra random ports, asked besides those at which a rule begins or ends
 * @returns undefined where AWS's documentation does not tell
 */
export function enumerate(
  aws: Aws,
  flow: Flow,
  extra: readonly number[],
  evaluate: Evaluate = judge,
): Enumerated | undefined {
  const layers = new Map<Layer, Packet>()
  const cut = new Set<Leg>()
  const hops = new Set<Hop>()
  let passed = 0
  const packets = packetsOf(aws, flow, extra)
  for (const packet of packets) {
    const judged = evaluate(aws, packet)
    if (judged.silent) return undefined
    if (judged.blocking.size === 0) passed += 1
    for (const layer of judged.blocking) layers.set(layer, packet)
    for (const leg of judged.cut) cut.add(leg)
    for (const hop of [...judged.hops, ...judged.hopsBack]) hops.add(hop)
  }
  const verdict = passed === packets.length ? 'reachable' : passed === 0 ? 'blocked' : 'partial'
  return { verdict, layers, cut, hops, packets: packets.length }
}

function packetsOf(aws: Aws, flow: Flow, extra: readonly number[]): readonly Packet[] {
  const protocol = protocolOf(flow)
  const packet = { from: flow.from, to: flow.to, protocol }
  const ports = { sourcePort: 0, destinationPort: 0, natPort: NAT_PORTS.from, farNatPort: NAT_PORTS.from }
  if (flow.protocol === 'icmp') return [{ ...packet, ...ports }]
  const starts = boundaries(aws, protocol)
  const portsIn = (ports: Ports) => chosen(ports, starts, extra)
  const { nats } = judge(aws, { ...packet, ...ports })
  const putIn = (number: number) => (nats >= number ? portsIn(NAT_PORTS) : [NAT_PORTS.from])
  return portsIn(flow.sourcePorts).flatMap((sourcePort) =>
    portsIn(flow.destinationPorts).flatMap((destinationPort) =>
      putIn(1).flatMap((natPort) =>
        putIn(2).map((farNatPort) => ({ ...packet, sourcePort, destinationPort, natPort, farNatPort })),
      ),
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
