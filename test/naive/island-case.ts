/** Hand-made packets through the archipelago: what a case is, and how to change the islands. */
import type { NetworkAclEntry } from '../../shared/snapshot/types.ts'
import type { Archipelago, PlaceName, SubnetName } from './archipelago.ts'
import type { Packet } from './evaluator.ts'

export interface IslandCase {
  readonly says: string
  readonly change?: (world: Archipelago) => void
  readonly packet: Partial<Packet> & Pick<Packet, 'from' | 'to'>
  readonly blockedBy: readonly string[] | 'not documented'
}

type Edge = readonly [subnet: SubnetName, direction: 'in' | 'out']

/** Denies what the ACL of a subnet's edge allowed: everything from or to a block, or only one port of it. */
export function shut(world: Archipelago, [subnet, direction]: Edge, block: string, port?: number) {
  const ports: Partial<NetworkAclEntry> =
    port === undefined ? { Protocol: '-1' } : { Protocol: '6', PortRange: { From: port, To: port } }
  world.acls[subnet].push({
    Protocol: '-1',
    ...ports,
    RuleNumber: 50,
    Egress: direction === 'out',
    RuleAction: 'deny',
    ...(block.includes(':') ? { Ipv6CidrBlock: block } : { CidrBlock: block }),
  })
}

/** Only from these addresses, or only from the interfaces that have the group. */
export function admit(world: Archipelago, place: PlaceName, from: string) {
  world.ingress[place] = [rule(from)]
}

export const rule = (peer: string) => ({
  IpProtocol: 'tcp',
  FromPort: 80,
  ToPort: 80,
  ...(peer.startsWith('sg-') ? { UserIdGroupPairs: [{ GroupId: peer }] } : { IpRanges: [{ CidrIp: peer }] }),
})
