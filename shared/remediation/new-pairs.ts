/** Which interfaces can connect after a cure that could not before: asked of the engine, pair by pair. */
import type { Patch } from '../diagnosis/fix.ts'
import { type Address, inRange, parseCidr } from '../network/address.ts'
import type { Network } from '../network/network.ts'
import { hasPorts, parseProtocol } from '../network/protocol.ts'
import { type Judge, judgeOf } from '../reachability/judge.ts'
import type { Inside } from '../reachability/layers.ts'
import { verdictOf } from '../reachability/verdict-bits.ts'
import { ownSide, peerSides, type Side } from './patches/group-rule-text.ts'
import { scopeOf } from './patches/index.ts'
import type { PatchOf } from './patches/kind.ts'

type GroupRule = PatchOf<'security-group-rule'>

/** More are not counted: a verdict takes about a microsecond, and so many say "everything" anyway. */
const MOST_PAIRS = 20_000

/**
 * Pairs (client, server) for which some address pair newly connects from a client port of 1024-65535.
 * @returns undefined unless all patches are security-group rules for one port each, or when there are too many
 */
export function newPairs(before: Network, after: Network, patches: readonly Patch[]): number | undefined {
  const rules = patches.filter((patch) => patch.kind === 'security-group-rule')
  const network = patches.filter(({ kind }) => openings.includes(kind))
  const questions = rules.flatMap((rule) => questionOf(before, rule) ?? [])
  if (questions.length === 0 || questions.length !== network.length) return undefined
  const size = questions.reduce(
    (sum, { clients, servers }) => sum + clients.interfaces.length * servers.interfaces.length,
    0,
  )
  if (size > MOST_PAIRS) return undefined
  const judges = { before: judgeOf(before), after: judgeOf(after) }
  return new Set(questions.flatMap((question) => pairsOf(question, judges))).size
}

/** Kinds that let packets through. */
const openings: readonly Patch['kind'][] = [
  'security-group-rule',
  'network-acl-entry',
  'route',
  'public-access-exclusion',
]

interface Question {
  readonly clients: Side
  readonly servers: Side
  readonly protocol: number
  readonly port: number
}

function questionOf(network: Network, rule: GroupRule): Question | undefined {
  const { IpProtocol, FromPort: port, ToPort } = rule.permission
  const protocol = parseProtocol(IpProtocol ?? '')
  const scope = scopeOf(network.snapshot, rule)
  if (!scope || port === undefined || port !== ToPort || typeof protocol !== 'number' || !hasPorts(protocol))
    return undefined
  const own = ownSide(rule, { network, scope })
  const sides = peerSides(rule, { network, scope })
  const peers: Side = {
    text: '',
    interfaces: [...new Set(sides.flatMap(({ interfaces }) => interfaces))],
    ...(sides.every(({ blocks }) => blocks) && { blocks: sides.flatMap(({ blocks = [] }) => blocks) }),
  }
  const [clients, servers] = rule.direction === 'egress' ? [own, peers] : [peers, own]
  return { clients, servers, protocol, port }
}

interface Judges {
  readonly before: Judge
  readonly after: Judge
}

function pairsOf({ clients, servers, protocol, port }: Question, judges: Judges): readonly string[] {
  const letsSome = (judge: Judge, from: Inside, to: Inside): boolean =>
    ['reachable', 'partial'].includes(verdictOf(judge(from, to, protocol, port, 1024, 65535)))
  const targets = endsOf(servers)
  return endsOf(clients).flatMap((from) =>
    targets
      .filter((to) => to.nic !== from.nic && typeof to.address === typeof from.address)
      .filter((to) => !letsSome(judges.before, from, to) && letsSome(judges.after, from, to))
      .map((to) => `${from.nic.id} ${to.nic.id}`),
  )
}

function endsOf({ interfaces, blocks }: Side): readonly Inside[] {
  const ranges = blocks?.flatMap((cidr) => parseCidr(cidr)?.range ?? [])
  const isMeant = (address: Address) => !ranges || ranges.some((range) => inRange(address, range))
  return interfaces.flatMap((nic) => nic.addresses.filter(isMeant).map((address) => ({ nic, address })))
}
