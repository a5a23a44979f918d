/** Kinds of ways, by the hops that a packet takes or tries: of each some flows must pass, and some must not. */
import type { Aws } from './aws.ts'
import { protocolOf } from './enumerate.ts'
import { judge } from './evaluator.ts'
import type { Flow } from './flows.ts'
import type { Hop } from './place.ts'

interface Way {
  readonly hops: readonly Hop[]
  readonly ipv6: boolean
}

const starts = (hops: readonly Hop[], ...first: readonly Hop[]): boolean =>
  first.every((hop, index) => hops[index] === hop)

const KINDS = {
  'within a subnet': ({ hops }) => starts(hops, 'subnet'),
  'between subnets': ({ hops }) => starts(hops, 'local'),
  peering: ({ hops, ipv6 }) => starts(hops, 'peering') && !ipv6,
  'peering, IPv6': ({ hops, ipv6 }) => starts(hops, 'peering') && ipv6,
  'transit gateway': ({ hops, ipv6 }) => starts(hops, 'transit') && !hops.includes('nat') && !ipv6,
  'transit gateway, IPv6': ({ hops, ipv6 }) => starts(hops, 'transit') && ipv6,
  'internet gateway': ({ hops }) => starts(hops, 'internet'),
  'egress-only internet gateway': ({ hops }) => starts(hops, 'egress-only'),
  'gateway endpoint': ({ hops }) => starts(hops, 'endpoint'),
  'NAT to the internet': ({ hops }) => starts(hops, 'nat', 'internet'),
  'NAT over peering': ({ hops }) => starts(hops, 'nat', 'peering'),
  'NAT over a transit gateway': ({ hops }) => starts(hops, 'nat', 'transit'),
  'NAT within the VPC': ({ hops }) => starts(hops, 'nat', 'local') || starts(hops, 'nat', 'subnet'),
  'central egress': ({ hops }) => starts(hops, 'transit', 'nat'),
} as const satisfies Readonly<Record<string, (way: Way) => boolean>>

export type Kind = keyof typeof KINDS

export const allKinds = Object.keys(KINDS) as readonly Kind[]

export function kindsOf(aws: Aws, flow: Flow): readonly Kind[] {
  const packet = { from: flow.from, to: flow.to, protocol: protocolOf(flow) }
  const ports = { sourcePort: flow.sourcePorts.from, destinationPort: flow.destinationPorts.from }
  const { hops } = judge(aws, { ...packet, ...ports, natPort: 1024, farNatPort: 1024 })
  return allKinds.filter((kind) => KINDS[kind]({ hops, ipv6: flow.ipv6 }))
}
