import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Patch } from '../../shared/diagnosis/fix.ts'
import type { Interface } from '../../shared/network/interfaces.ts'
import { compileNetwork, type Network } from '../../shared/network/network.ts'
import { explain } from '../../shared/reachability/explanation.ts'
import { createJudge } from '../../shared/reachability/judge.ts'
import { blockingLayers, layerBits, verdictOf } from '../../shared/reachability/verdict-bits.ts'
import { applyPatches } from '../../shared/remediation/apply.ts'
import { newPairs } from '../../shared/remediation/new-pairs.ts'
import type { IpPermission } from '../../shared/snapshot/types.ts'
import * as aws from '../fixtures/index.ts'
import { network as anyNetwork } from '../naive/networks.ts'
import { buildSnapshot } from '../naive/topology.ts'
import { cases, everyCase, opensFor } from './cases.ts'

const TCP = 6
const UDP = 17

type Peer = { readonly group: number } | { readonly cidr: string }
interface Rule {
  readonly group: number
  readonly direction: 'ingress' | 'egress'
  readonly port: number
  readonly peer: Peer
}

/** A market: stalls in two rows (subnets), each with some of three badges (groups) that admit what `rules` say. */
function market(stalls: readonly (readonly number[])[], rules: readonly Rule[]) {
  const world = aws.newWorld()
  const vpc = aws.vpc(world, { name: 'market', cidr: '10.3.0.0/16' })
  const rows = ['a', 'c'].map((zone, index) =>
    aws.subnet(world, { vpc, name: `row-${zone}`, cidr: `10.3.${index}.0/24`, zone }),
  )
  const groups = ['fruit', 'fish', 'bread'].map((name) =>
    aws.securityGroup(world, { vpc, name, ingress: [], egress: [] }),
  )
  stalls.forEach((badges, index) => {
    const own = badges.map((badge) => groups[badge] as string)
    aws.networkInterface(world, { name: `stall-${index}`, subnet: rows[index % 2] as string, groups: own })
  })
  groups.forEach((group, index) => {
    const of = (direction: Rule['direction']) =>
      rules
        .filter((rule) => rule.group === index && rule.direction === direction)
        .map((rule) => permissionOf(rule, groups))
    aws.setIngress(world, group, ...(of('ingress') as aws.Permission[]))
    aws.setEgress(world, group, ...(of('egress') as aws.Permission[]))
  })
  return { network: compileNetwork(aws.snapshotOf(world)), groups }
}

const permissionOf = ({ port, peer }: Rule, groups: readonly string[]): IpPermission => ({
  IpProtocol: 'tcp',
  FromPort: port,
  ToPort: port,
  ...('cidr' in peer
    ? { IpRanges: [{ CidrIp: peer.cidr }] }
    : { UserIdGroupPairs: [{ GroupId: groups[peer.group] }] }),
})

const patchOf = (rule: Rule, groups: readonly string[]): Patch => ({
  kind: 'security-group-rule',
  groupId: groups[rule.group] as string,
  direction: rule.direction,
  permission: permissionOf(rule, groups),
})

const connects = (network: Network, protocol: number, port: number) => {
  const judge = createJudge(network)
  return network.interfaces.flatMap((from) =>
    network.interfaces.flatMap((to) => {
      const ways = from.addresses.flatMap((address) =>
        to.addresses
          .filter((other) => typeof other === typeof address)
          .map((other) => [address, other] as const),
      )
      const open = ways.some(([address, other]) =>
        /reachable|partial/.test(
          verdictOf(judge({ nic: from, address }, { nic: to, address: other }, protocol, port, 1024, 65535)),
        ),
      )
      return open && from !== to ? [`${from.id} ${to.id}`] : []
    }),
  )
}

const PORTS = [8000, 9000]
const group = fc.nat({ max: 2 })
const peer: fc.Arbitrary<Peer> = fc.oneof(
  group.map((of) => ({ group: of })),
  fc.constantFrom('10.3.0.0/24', '10.3.1.0/24', '10.3.0.0/16', '0.0.0.0/0').map((cidr) => ({ cidr })),
)
const rule: fc.Arbitrary<Rule> = fc.record({
  group,
  direction: fc.constantFrom('ingress', 'egress'),
  port: fc.constantFrom(...PORTS),
  peer,
})
const stalls = fc.array(fc.uniqueArray(group, { minLength: 1, maxLength: 2 }), { minLength: 2, maxLength: 6 })
const markets = fc.record({ stalls, rules: fc.array(rule, { maxLength: 6 }) })

describe('what a cure opens', () => {
  test('is the number of pairs that newly connect, counted by asking for every pair', () => {
    const counts = new Set<number>()
    fc.assert(
      fc.property(markets, fc.array(rule, { minLength: 1, maxLength: 2 }), (plan, added) => {
        const { network, groups } = market(plan.stalls, plan.rules)
        const patches = added.map((one) => patchOf(one, groups))
        const after = applyPatches(network, patches)
        if (!after) throw new Error('not applied')
        const fresh = compileNetwork(after.snapshot)
        const opened = PORTS.flatMap((port) => {
          const before = new Set(connects(network, TCP, port))
          return connects(fresh, TCP, port).filter((pair) => !before.has(pair))
        })
        const expected = new Set(opened).size
        counts.add(expected)
        expect(newPairs(network, after, patches)).toBe(expected)
      }),
      { numRuns: 300 },
    )
    expect(counts.size).toBeGreaterThan(3)
  })

  test('is not counted where a rule is about more than one port, or something else opens as well', () => {
    const { network, groups } = market([[0], [1]], [])
    const one = patchOf({ group: 0, direction: 'egress', port: 8000, peer: { group: 1 } }, groups)
    if (one.kind !== 'security-group-rule') throw new Error('fixture')
    const range = { ...one, permission: { ...one.permission, ToPort: 8010 } }
    expect(newPairs(network, network, [range])).toBeUndefined()
    expect(newPairs(network, network, [one, cases.route.patch])).toBeUndefined()
    expect(newPairs(network, network, [one])).toBe(0)
  })

  test('in words: who, with how many interfaces, and what else must admit it', () => {
    const texts = Object.fromEntries(everyCase.map(([kind, example]) => [kind, opensFor(example)]))
    expect(texts['security-group-rule']).toMatch(
      /^tcp 9000 from every interface with sg-\w+ \(bakery-alb; 2 interfaces\) to every interface with sg-\w+ \(bakery-web; 2 interfaces\)$/,
    )
    expect(texts['network-acl-entry']).toMatch(
      /^tcp 1024-65535 from 10\.50\.10\.0\/24 to the 1 subnet of acl-\w+ \(orchard-edge-c\) with 1 interface, as far as security groups admit it$/,
    )
    expect(texts.route).toMatch(
      /^10\.7\.0\.0\/16 through pcx-\w+ from the 2 subnets of rtb-\w+ \(bakery-private\) with 2 interfaces,/,
    )
    expect(texts['public-access-exclusion']).toMatch(
      /^the internet from vpc-\w+ \(5 interfaces\), and vpc-\w+ \(5 interfaces\) from the internet/,
    )
    for (const kind of ['target-group-settings', 'target-group-attribute', 'container-definition']) {
      expect(texts[kind]).toBeUndefined()
    }
  })

  test('the interfaces of a group and of a block are all of them, and no others', () => {
    fc.assert(
      fc.property(markets, rule, (plan, added) => {
        const { network, groups } = market(plan.stalls, plan.rules)
        const text = opensFor({ snapshot: network.snapshot, patch: patchOf(added, groups) }) ?? ''
        const holders = (badge: number) => plan.stalls.filter((badges) => badges.includes(badge)).length
        const rows: Readonly<Record<string, readonly number[]>> = {
          '10.3.0.0/24': [0],
          '10.3.1.0/24': [1],
          '10.3.0.0/16': [0, 1],
          '0.0.0.0/0': [],
        }
        const inRow = (cidr: string) =>
          plan.stalls.filter((_, index) => rows[cidr]?.includes(index % 2)).length
        const other = 'cidr' in added.peer ? inRow(added.peer.cidr) : holders(added.peer.group)
        const own = holders(added.group)
        const counted = [...text.matchAll(/(\d+) interfaces?\)/g)].map(([, number]) => Number(number))
        const both = added.direction === 'egress' ? [own, other] : [other, own]
        const anywhere = 'cidr' in added.peer && added.peer.cidr === '0.0.0.0/0'
        expect(counted).toEqual(anywhere ? [own] : both)
      }),
    )
  })

  test('where not all interfaces were collected, there may be more', () => {
    const { snapshot, patch } = cases['security-group-rule']
    const scopes = snapshot.scopes.map((scope) => ({ ...scope, coverage: 'selection' as const }))
    expect(opensFor({ snapshot: { ...snapshot, scopes }, patch })).toContain(
      'bakery-alb; at least 2 interfaces)',
    )
  })
})

interface Meant {
  readonly client: Interface
  readonly server: Interface
  readonly port: number
}

/** Two interfaces of one VPC, if the network has such a pair; behind a NAT gateway no reference reaches. */
function meantIn(network: Network, one: number, other: number, port: number): Meant | undefined {
  const nics = filtered(network)
  const client = nics[one % Math.max(nics.length, 1)]
  const server = nics[other % Math.max(nics.length, 1)]
  const apart = client && server && client !== server && client.vpcId === server.vpcId
  return apart && !passesNat(network, client, server) ? { client, server, port } : undefined
}

function passesNat(network: Network, client: Interface, server: Interface): boolean {
  const ports = [{ from: 80, to: 80 }]
  const flow = { protocol: TCP, sourcePorts: ports, destinationPorts: ports }
  const { forward } = explain(network, end(client), end(server), flow)
  return forward.some(({ component }) => component.type === 'nat-gateway')
}

const filtered = ({ interfaces }: Network): readonly Interface[] =>
  interfaces.filter(({ groups, addresses }) => groups.ids.length > 0 && typeof addresses[0] === 'number')

const firstGroup = ({ groups }: Interface): string => groups.ids[0] ?? ''

/** From the first group of the one to the first group of the other, both ways open. */
function admitted(network: Network, { client, server, port }: Meant): Network {
  const side = (own: Interface, direction: Rule['direction'], peer: Interface): Patch => ({
    kind: 'security-group-rule',
    groupId: firstGroup(own),
    direction,
    permission: {
      IpProtocol: 'tcp',
      FromPort: port,
      ToPort: port,
      UserIdGroupPairs: [{ GroupId: firstGroup(peer) }],
    },
  })
  const after = applyPatches(network, [side(client, 'egress', server), side(server, 'ingress', client)])
  if (!after) throw new Error('not applied')
  return after
}

const end = (nic: Interface) => ({ nic, address: nic.addresses[0] as number })
const asked = (network: Network) => {
  const judge = createJudge(network)
  return (from: Interface, to: Interface, protocol: number, port: number) =>
    judge(end(from), end(to), protocol, port, 1024, 65535)
}
const GROUP_LAYERS = layerBits.egressGroups | layerBits.ingressGroups

describe('a security-group rule on random networks', () => {
  const cases = fc.tuple(anyNetwork, fc.nat(), fc.nat(), fc.constantFrom(80, 8000))

  test('opens the flow that it is meant for', { timeout: 60_000 }, () => {
    let opened = 0
    fc.assert(
      fc.property(cases, ([plan, one, other, port]) => {
        const network = compileNetwork(buildSnapshot(plan))
        const meant = meantIn(network, one, other, port)
        fc.pre(meant !== undefined)
        const bits = (of: Network) => asked(of)(meant.client, meant.server, TCP, port)
        const [before, after] = [bits(network), bits(admitted(network, meant))]
        expect(blockingLayers(after)).toBe(blockingLayers(before) & ~GROUP_LAYERS)
        if (verdictOf(before) === 'blocked' && verdictOf(after) === 'reachable') opened += 1
      }),
      { numRuns: 200 },
    )
    expect(opened).toBeGreaterThan(5)
  })

  test('changes nothing for flows that it does not mention', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(cases, ([plan, one, other, port]) => {
        const network = compileNetwork(buildSnapshot(plan))
        const meant = meantIn(network, one, other, port)
        fc.pre(meant !== undefined)
        const [before, after] = [asked(network), asked(admitted(network, meant))]
        const same = (from: Interface, to: Interface, protocol: number, number: number) =>
          expect(verdictOf(after(from, to, protocol, number))).toBe(
            verdictOf(before(from, to, protocol, number)),
          )
        for (const from of filtered(network)) {
          for (const to of filtered(network)) {
            same(from, to, TCP, port + 1)
            same(from, to, UDP, port)
            if (!isMentioned(meant, from, to)) same(from, to, TCP, port)
          }
        }
      }),
      { numRuns: 60 },
    )
  })
})

const isMentioned = ({ client, server }: Meant, from: Interface, to: Interface): boolean =>
  from === to || (from.groups.ids.includes(firstGroup(client)) && to.groups.ids.includes(firstGroup(server)))
