/** Network ACL entries that let exactly the failing packets through, in front of the entry that denies them. */
import type { Network } from '../../network/network.ts'
import { formatPorts, parsePorts } from '../../network/ports.ts'
import type { Blocker, Explanation } from '../../reachability/result.ts'
import type { NetworkAclEntry } from '../../snapshot/types.ts'
import type { Fix, Patch } from '../fix.ts'
import type { Incident } from '../incident.ts'
import type { Breach } from './breaches.ts'

export const aclFixes = ({ paths }: Breach, { network }: Incident): readonly Fix[] =>
  entryFixes(
    network,
    paths.map((path) => ({
      blocker: path.blocker,
      explanation: path.probe.explanation,
      peers: peersOf(path),
    })),
  )

/** A path that an ACL breaks, and the CIDR blocks of those whose packets, or to whom, it must pass. */
export interface Denied {
  readonly blocker: Blocker
  readonly explanation: Explanation
  readonly peers: readonly string[]
}

/** @param denied by one ACL, in one direction and leg */
export function entryFixes(network: Network, denied: readonly Denied[]): readonly Fix[] {
  const [first] = denied
  if (!first) return []
  const { component, direction } = first.blocker
  const acl = network.acls[network.aclIndex.get(component.id) ?? -1]
  const entries = acl?.[direction]?.entries
  if (!entries) return []
  const ports = portsOf(denied)
  const used = new Set(entries.map(({ RuleNumber }) => RuleNumber))
  const deciding = Math.min(...denied.map((one) => decidingNumber(one) ?? Number.POSITIVE_INFINITY))
  const peers = [...new Set(denied.flatMap((one) => one.peers))]
  const patches = peers.map((cidr): Patch => {
    const number = freeNumber(used, deciding)
    used.add(number)
    return {
      kind: 'network-acl-entry',
      aclId: component.id,
      entry: entryFor(number, direction === 'egress', cidr, ports),
    }
  })
  const way = direction === 'egress' ? 'out of' : 'into'
  return [
    {
      title: `Let tcp ${formatPorts([ports])} ${way} the subnets of ${component.id}`,
      patches,
      verifiable: true,
    },
  ]
}

/** From the first to the last port that does not pass: one entry is easier to read than several. */
function portsOf(denied: readonly Denied[]): { readonly from: number; readonly to: number } {
  const texts = denied.map(
    ({ blocker }) => blocker.blocked.destinationPorts ?? blocker.blocked.sourcePorts ?? '',
  )
  const all = texts.flatMap((text) => parsePorts(text) ?? [])
  return { from: Math.min(...all.map(({ from }) => from)), to: Math.max(...all.map(({ to }) => to)) }
}

/** Replies and probes of all addresses in the other subnet are alike: its CIDR stands for them. */
function peersOf({ target, probe, blocker }: Breach['paths'][number]): readonly string[] {
  const towardsTarget = (blocker.leg === 'forward') === (blocker.direction === 'egress')
  const nic = towardsTarget ? (target.end.known ? target.end.value.nic : undefined) : probe.node.nic
  return [nic?.subnet?.cidr?.text ?? []].flat()
}

function decidingNumber({ explanation, blocker }: Denied): number | undefined {
  const hop = explanation[blocker.leg].find(
    ({ component, direction, verdict }) =>
      component.id === blocker.component.id && direction === blocker.direction && verdict !== 'pass',
  )
  const number = hop?.rule?.ruleNumber
  return typeof number === 'number' ? number : undefined
}

const STEP = 10

/** The nearest free number in front of the deciding entry; without one, the first free hundred. */
function freeNumber(used: ReadonlySet<number>, deciding: number): number {
  if (!Number.isFinite(deciding)) {
    for (let number = 100; ; number += STEP) if (!used.has(number)) return number
  }
  for (let number = deciding - 1; number > 0; number--) if (!used.has(number)) return number
  return deciding
}

const entryFor = (
  RuleNumber: number,
  Egress: boolean,
  CidrBlock: string,
  { from, to }: { readonly from: number; readonly to: number },
): NetworkAclEntry => ({
  RuleNumber,
  Egress,
  Protocol: '6',
  RuleAction: 'allow',
  CidrBlock,
  PortRange: { From: from, To: to },
})
