/** The flattened network ACLs of a harbour against the segments that they were made of. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileNetwork } from '../../shared/network/network.ts'
import { compileAcl, segmentsFor } from '../../shared/network/network-acls.ts'
import {
  ALLOWED,
  DENIED,
  DOUBTFUL,
  decisions,
  leftBy,
  newPassages,
  newStepLists,
  stepsFor,
} from '../../shared/reachability/passages.ts'
import type { NetworkAclEntry } from '../../shared/snapshot/types.ts'

const TCP = 6
const cidrs = ['0.0.0.0/0', '10.0.0.0/8', '10.1.0.0/16', '255.255.255.0/24', '0.0.0.0/8', '2001:db8::/32']
const peers = [0, 0x0a00_0001, 0x0a01_0001, 0x0b00_0000, 0xffff_ff01, 0xffff_ffff, 0x2001_0db8n << 96n, 1n]
const ports = [0, 1, 22, 443, 1023, 1024, 40_000, 61_000, 65_535]

const entry = fc.record({
  cidr: fc.constantFrom(...cidrs),
  action: fc.constantFrom('allow', 'deny'),
  protocol: fc.constantFrom('6', '-1', '17', 'semaphore'),
  from: fc.constantFrom(...ports),
  to: fc.constantFrom(...ports),
})
const entries = fc.array(entry, { maxLength: 6 }).map((list) =>
  list.map(({ cidr, action, protocol, from, to }, i): NetworkAclEntry => {
    const block = cidr.includes(':') ? { Ipv6CidrBlock: cidr } : { CidrBlock: cidr }
    const PortRange = { From: Math.min(from, to), To: Math.max(from, to) }
    return { ...block, Egress: true, Protocol: protocol, RuleAction: action, RuleNumber: 10 + i, PortRange }
  }),
)

/** A network of ACLs alone: two quays and one that came without its entries. */
function harbour(...lists: readonly (readonly NetworkAclEntry[])[]) {
  const network = compileNetwork({ schemaVersion: '1', collectedAt: '2026-11-20T03:00:00Z', scopes: [] })
  const acls = lists.map((list, i) => compileAcl({ NetworkAclId: `acl-quay${i}`, Entries: [...list] }))
  return { ...network, acls: [...acls, compileAcl({ NetworkAclId: 'acl-fog' })] }
}

const decided = ({ allow, unclear }: { allow: boolean; unclear: boolean }) =>
  unclear ? DOUBTFUL : allow ? ALLOWED : DENIED

describe('flattened network ACLs', () => {
  it('decide every port for every peer as their entries do', () => {
    fc.assert(
      fc.property(entries, fc.constantFrom(...peers), (list, peer) => {
        const network = harbour(list)
        const passages = newPassages(network, TCP)
        const steps = stepsFor(passages, 0, 'egress', peer)
        const side = network.acls[0]?.egress
        const segments = side ? segmentsFor(side, TCP, peer) : []
        for (const port of ports) {
          const segment = segments.find(({ from, to }) => from <= port && port <= to)
          expect(decisions(passages.words.list, steps, port, port)).toBe(segment && decided(segment))
        }
      }),
    )
  })

  it('leave over of a range what each of several lets through', () => {
    fc.assert(
      fc.property(entries, entries, fc.constantFrom(...ports), (one, other, from) => {
        const passages = newPassages(harbour(one, other), TCP)
        const peer = 0x0a01_0001
        const lists = [stepsFor(passages, 0, 'egress', peer), stepsFor(passages, 1, 'egress', peer)]
        const both = { ...newStepLists(), lists, count: 2 }
        const { list } = passages.words
        // Nothing changes between the ports that entries name.
        const probes = ports.flatMap((port) => [port - 1, port, port + 1])
        let left = 0
        for (const port of probes.filter((probe) => probe >= from && probe <= 65_535)) {
          const found = lists.reduce((bits, steps) => bits | decisions(list, steps, port, port), 0)
          if (!(found & DENIED)) left |= found & DOUBTFUL || ALLOWED
        }
        expect(leftBy(list, both, from, 65_535)).toBe(left)
      }),
    )
  })

  it('are in doubt on every port where the ACL or its entries are not known', () => {
    const passages = newPassages(harbour([]), TCP)
    for (const peer of peers) {
      for (const acl of [-1, 1]) {
        const steps = stepsFor(passages, acl, 'egress', peer)
        expect(decisions(passages.words.list, steps, 0, 65_535)).toBe(DOUBTFUL)
      }
      const denied = stepsFor(passages, 0, 'egress', peer)
      expect(decisions(passages.words.list, denied, 0, 65_535)).toBe(DENIED)
    }
  })
})
