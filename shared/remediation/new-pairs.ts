/** Which interfaces can connect after a cure that could not before: asked of the engine, pair by pair. */
import type { Patch } from '../diagnosis/fix.ts'
import { type Address, inRange, parseCidr } from '../network/address.ts'
import type { Interface } from '../network/interfaces.ts'
import type { Network } from '../network/network.ts'
import { hasPorts, parseProtocol } from '../network/protocol.ts'
import { type Judge, judgeOf } from '../reachability/judge.ts'
import type { Inside } from '../reachability/layers.ts'
import { verdictOf } from '../reachability/verdict-bits.ts'
import { ownSide, peerSides, type Side } from './patches/group-rule-text.ts'
import type { PatchOf } from './patches/kind.ts'
import { scopeOf } from './patches/index.ts'

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

const pairsOf = ({ clients, servers, protocol, port }: Question, judges: Judges): readonly string[] =>
  clients.interfaces.flatMap((client) =>
    servers.interfaces.flatMap((server) => {
      const opened = waysOf(client, clients, server, servers).some(([from, to]) => {
        const passes = (judge: Judge) =>
          /^(reachable|partial)$/.test(verdictOf(judge(from, to, protocol, port, 1024, 65535)))
        return !passes(judges.before) && passes(judges.after)
      })
      return opened ? [`${client.id} ${server.id}`] : []
    }),
  )

function waysOf(
  client: Interface,
  from: Side,
  server: Interface,
  to: Side,
): readonly (readonly [Inside, Inside])[] {
  if (client === server) return []
  return addressesOf(client, from).flatMap((source) =>
    addressesOf(server, to)
      .filter((target) => typeof target === typeof source)
      .map(
        (target) =>
          [
            { nic: client, address: source },
            { nic: server, address: target },
          ] as const,
      ),
  )
}

const addressesOf = ({ addresses }: Interface, { blocks }: Side): readonly Address[] =>
  blocks ? addresses.filter((address) => blocks.some((cidr) => holds(cidr, address))) : addresses

function holds(cidr: string, address: Address): boolean {
  const range = parseCidr(cidr)?.range
  return range !== undefined && inRange(address, range)
}
