/** Where the engine says that it does not know, and how far the two must agree nevertheless. */
import type { Explanation } from '../../shared/reachability/result.ts'
import type { Layer } from './checks.ts'

interface Gap {
  readonly reason: RegExp
  /** The naive evaluator follows the way, so that it may pass; else it takes it for a block. Never may the engine. */
  readonly followed: boolean
  /** Layers that the engine does not judge, besides routes. */
  readonly unseen: (layer: Layer) => boolean
  /** Layers that it takes for blocks though no packet meets them. */
  readonly mistaken?: (layer: Layer) => boolean
}

const nothing = () => false
const isGroups = (layer: Layer) => layer.endsWith('security-group')
/** The far side sees another address and port, or is reached by other subnets. */
const isBeyond = (layer: Layer) => layer !== 'forward egress security-group'

const GAPS: readonly Gap[] = [
  { reason: /an interface with \S+ is not among what was collected/, followed: false, unseen: nothing },
  // IPv6 from VPC to VPC over the internet, which may well work.
  { reason: /what lies behind e?igw-\w+ is not analysed/, followed: false, unseen: nothing },
  // Across VPCs a reference matches over peering only, so it is as unknown as the way.
  {
    reason: /whether rules that refer to [\w, -]+ match depends on a path that is not known/,
    followed: false,
    unseen: isGroups,
  },
  { reason: /nat-\w+ is a private NAT gateway/, followed: true, unseen: isBeyond },
  { reason: /what lies behind (nat|vpce)-\w+ is not analysed/, followed: true, unseen: isBeyond },
  // It knows no references over such a way, and asks the ACL of a receiver that is in the attachment's subnet.
  {
    reason: /what lies behind tgw-\w+ is not analysed/,
    followed: true,
    unseen: isBeyond,
    mistaken: (layer) => layer.includes('network-acl') || layer === 'forward ingress security-group',
  },
]

export const hasGap = ({ unknown }: Explanation): boolean => unknown.length > 0

export const gapsOf = ({ unknown }: Explanation): readonly Gap[] =>
  GAPS.filter(({ reason }) => unknown.some(({ because }) => reason.test(because)))
