/** Numbers of new network ACL entries: free, and in front of the entry that denies the same packets. */
import type { Patch } from '../diagnosis/fix.ts'
import { parseCidr } from '../network/address.ts'
import { parseProtocol, ruleRange } from '../network/protocol.ts'
import type { NetworkAclEntry, Snapshot } from '../snapshot/types.ts'
import type { PatchOf } from './patches/kind.ts'

type EntryPatch = PatchOf<'network-acl-entry'>

/** The last number that can be given: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateNetworkAclEntry.html */
const LAST = 32766

/** The patches in the same order, with entries moved whose number is taken or comes too late. */
export function numbered(snapshot: Snapshot, patches: readonly Patch[]): readonly Patch[] {
  const done: Patch[] = []
  for (const patch of patches) {
    done.push(patch.kind === 'network-acl-entry' ? renumbered(patch, rivalsOf(snapshot, done, patch)) : patch)
  }
  return done
}

/** What the list of the same direction holds when the entry comes. */
function rivalsOf(
  snapshot: Snapshot,
  earlier: readonly Patch[],
  { aclId, entry }: EntryPatch,
): readonly NetworkAclEntry[] {
  const acls = snapshot.scopes.flatMap(
    ({ responses }) => responses['ec2:DescribeNetworkAcls']?.NetworkAcls ?? [],
  )
  const there = acls.find(({ NetworkAclId }) => NetworkAclId === aclId)?.Entries ?? []
  const added = earlier.flatMap((patch) =>
    patch.kind === 'network-acl-entry' && patch.aclId === aclId ? patch.entry : [],
  )
  return [...there, ...added].filter(({ Egress }) => Egress === entry.Egress)
}

/** Where no number is left the entry stays as it is: it cannot be applied, and is never called verified. */
function renumbered(patch: EntryPatch, rivals: readonly NetworkAclEntry[]): EntryPatch {
  const { entry } = patch
  const taken = new Set(rivals.map(({ RuleNumber }) => RuleNumber))
  const denying = rivals.filter((rival) => rival.RuleAction.toLowerCase() === 'deny' && overlap(rival, entry))
  const last = Math.min(LAST, ...denying.map(({ RuleNumber }) => RuleNumber - 1))
  const RuleNumber = free(taken, Math.min(entry.RuleNumber, last), last)
  return RuleNumber === undefined || RuleNumber === entry.RuleNumber
    ? patch
    : { ...patch, entry: { ...entry, RuleNumber } }
}

/** The nearest number downwards, else upwards. */
function free(taken: ReadonlySet<number>, wish: number, last: number): number | undefined {
  for (let number = wish; number > 0; number--) if (!taken.has(number)) return number
  for (let number = wish + 1; number <= last; number++) if (!taken.has(number)) return number
  return undefined
}

/** Whether some packet is meant by both. What cannot be read may mean any. */
function overlap(one: NetworkAclEntry, other: NetworkAclEntry): boolean {
  const [first, second] = [parseProtocol(one.Protocol), parseProtocol(other.Protocol)]
  const protocols =
    first === second || [first, second].some((protocol) => protocol === 'all' || protocol === undefined)
  return protocols && blocksMeet(one, other) && portsMeet(one, other)
}

function blocksMeet(one: NetworkAclEntry, other: NetworkAclEntry): boolean {
  const [a, b] = [one, other].map((entry) => parseCidr(entry.CidrBlock ?? entry.Ipv6CidrBlock ?? '')?.range)
  if (!a || !b) return true
  return typeof a.from === typeof b.from && a.from <= b.to && b.from <= a.to
}

function portsMeet(one: NetworkAclEntry, other: NetworkAclEntry): boolean {
  const [a, b] = [one, other].map(({ Protocol, PortRange }) =>
    ruleRange(parseProtocol(Protocol) ?? 'all', PortRange?.From, PortRange?.To),
  )
  return a === undefined || b === undefined || (a.from <= b.to && b.from <= a.to)
}
