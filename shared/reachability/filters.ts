/**
 * What security groups and network ACLs let through, as sets of 16-bit ports.
 * `pass` is certain; `maybe` holds `pass` and whatever a rule that is not fully known may add.
 */
import { type Address, formatAddress } from '../network/address.ts'
import type { GroupSet } from '../network/group-sets.ts'
import type { Interface } from '../network/interfaces.ts'
import { type IntervalSet, intersect, intervalSet, meets, subtract, union } from '../network/intervals.ts'
import type { Network } from '../network/network.ts'
import { type AclSegment, segmentsFor } from '../network/network-acls.ts'
import { notCollected } from '../network/peerings.ts'
import type { PortSet } from '../network/ports.ts'
import {
  type CompiledGroup,
  type GroupRule,
  type ProtocolRules,
  rulesByAddress,
  rulesFor,
} from '../network/security-groups.ts'
import { type Identity, type Place, showsGroups } from './layers.ts'
import type { Direction, MissingKnowledge } from './result.ts'

export interface Cover<R> {
  readonly pass: PortSet
  readonly maybe: PortSet
  /** The rules that apply, in the order in which they were found. */
  readonly rules: readonly R[]
  readonly missing: readonly MissingKnowledge[]
}

const carriesNoGroups = ({ groups }: Interface): boolean => groups.known && groups.ids.length === 0

export function groupsCover(
  network: Network,
  nic: Interface,
  direction: Direction,
  protocol: number,
  peer: Address,
  peerGroups: GroupSet,
  identity: Identity,
  asked: PortSet,
): Cover<GroupRule> {
  const rules: GroupRule[] = []
  const unclear: PortSet[] = []
  const missing: MissingKnowledge[] = []
  if (!nic.groups.known) {
    unclear.push(asked)
    missing.push({
      missing: 'ec2:DescribeNetworkInterfaces',
      because: `the security groups of ${nic.id} are not told`,
    })
  }
  nic.groups.indexes.forEach((index, position) => {
    const side = network.groups[index]?.[direction]
    if (side) addRules(rulesFor(side, protocol))
    else {
      unclear.push(asked)
      missing.push(notCollected(nic.scope, 'ec2:DescribeSecurityGroups', nic.groups.ids[position]))
    }
  })
  function addRules(compiled: ProtocolRules): void {
    rules.push(...rulesByAddress(compiled, peer))
    if (!peerGroups.known && compiled.byGroup.size > 0 && showsGroups(identity)) {
      unclear.push(portsOf([...compiled.byGroup.values()].flat()))
      missing.push({
        missing: 'ec2:DescribeNetworkInterfaces',
        because: `the security groups of ${formatAddress(peer)} are not told`,
      })
    }
    for (const id of peerGroups.ids) {
      const referring = compiled.byGroup.get(id) ?? []
      if (identity === 1) rules.push(...referring)
      else if (identity === 2 && referring.length > 0) {
        unclear.push(portsOf(referring))
        const because = `whether rules that refer to ${id} match depends on a path that is not known`
        missing.push({ missing: 'ec2:DescribeVpcPeeringConnections', because })
      }
    }
    for (const { rule, missing: reason } of compiled.unclear) {
      unclear.push([rule.ports])
      missing.push(reason)
    }
  }
  if (carriesNoGroups(nic)) return { pass: asked, maybe: asked, rules, missing }
  const applying = rules.filter(({ ports }) => meets(asked, ports))
  const pass = intersect(portsOf(applying), asked)
  return {
    pass,
    maybe: unclear.length === 0 ? pass : intersect(unclear.reduce(union, pass), asked),
    rules: applying,
    missing,
  }
}

const portsOf = (rules: readonly GroupRule[]): IntervalSet<number> =>
  intervalSet(rules.map(({ ports }) => ports))

export function aclCover(
  network: Network,
  place: Place,
  direction: Direction,
  protocol: number,
  peer: Address,
  asked: PortSet,
): Cover<AclSegment> & { readonly aclId: string } {
  const side = aclSide(network, place, direction)
  if ('missing' in side) return { pass: [], maybe: asked, rules: [], missing: [side], aclId: 'unknown' }
  const segments = segmentsFor(side.entries, protocol, peer).filter((part) => meets(asked, part))
  const pass = intersect(asked, intervalSet(segments.filter(({ allow, unclear }) => allow && !unclear)))
  const unclear = intervalSet(segments.filter((part) => part.unclear))
  const because = `an entry of ${side.id} cannot be read`
  return {
    pass,
    maybe: intersect(asked, union(pass, unclear)),
    rules: segments,
    missing: unclear.length > 0 ? [{ missing: 'ec2:DescribeNetworkAcls', because }] : [],
    aclId: side.id,
  }
}

export function aclSide(network: Network, place: Place, direction: Direction) {
  if (!place.subnet) return notCollected(place.scope, 'ec2:DescribeSubnets', place.subnetId)
  const acl = network.acls[place.subnet.acl]
  const entries = acl?.[direction]
  if (!acl)
    return notCollected(place.scope, 'ec2:DescribeNetworkAcls', `the network ACL of ${place.subnet.id}`)
  if (!entries) return { missing: 'ec2:DescribeNetworkAcls', because: `${acl.id} came without its entries` }
  return { id: acl.id, entries }
}

/** The asked ports that are certain not to pass. */
export const blockedPart = (cover: Cover<unknown>, asked: PortSet): PortSet => subtract(asked, cover.maybe)

export const groupOf = (network: Network, id: string): CompiledGroup | undefined =>
  network.groups[network.groupIndex.get(id) ?? -1]

/** Whether a rule that refers to one of the peer's groups would admit some of the asked ports, if it could match. */
export function refersInVain(
  network: Network,
  nic: Interface,
  direction: Direction,
  protocol: number,
  peerGroups: GroupSet,
  asked: PortSet,
): boolean {
  const sides = nic.groups.indexes.flatMap((index) => network.groups[index]?.[direction] ?? [])
  return sides.some((side) => {
    const { byGroup } = rulesFor(side, protocol)
    const referring = peerGroups.ids.flatMap((id) => byGroup.get(id) ?? [])
    return referring.some(({ ports }) => meets(asked, ports))
  })
}
