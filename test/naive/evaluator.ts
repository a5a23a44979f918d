/**
 * The independent oracle: does ONE concrete packet, and the reply to it, get through?
 *
 * Linear scans over the raw AWS JSON; shares no code with the engine. Layers in the order in which the packet
 * meets them; every one is asked, also after one has blocked, as if the packet had passed.
 */
import { isIpv6, isPrivate } from './addresses.ts'
import type { Aws, Interface, NatGateway } from './aws.ts'
import { headerOf } from './header.ts'
import { aclAllows, aclOf } from './network-acls.ts'
import {
  attachedGateway,
  hasPublicAddress,
  natLeadsBack,
  natLeadsToInternet,
  natOnTheWay,
  routeLeadsTo,
  routeLeadsToInternet,
} from './routes.ts'
import { groupsAllow, type Other } from './security-groups.ts'

export interface Packet {
  /** An interface (its id, or one of its addresses), or an address outside of every VPC. */
  readonly from: string
  readonly to: string
  readonly protocol: number
  readonly sourcePort: number
  readonly destinationPort: number
  /** The source port that a NAT gateway on the way puts in: 1024-65535. */
  readonly natPort: number
}

/** A layer that blocks: `forward egress network-acl acl-1`. */
export type Layer = string
type Check = readonly [layer: Layer, passes: boolean]
interface Inside extends Other {
  readonly end: Interface
}

/** The layers that block the packet or its reply; none: it is answered. */
export function blockingLayers(aws: Aws, packet: Packet): ReadonlySet<Layer> {
  const blocked = checksOf(aws, packet).filter(([, passes]) => !passes)
  return new Set(blocked.map(([layer]) => layer))
}

function checksOf(aws: Aws, packet: Packet): readonly Check[] {
  const ipv6 = isIpv6(packet.from) || isIpv6(packet.to)
  const from = endOf(aws, packet.from, ipv6)
  const to = endOf(aws, packet.to, ipv6)
  if (isInside(from) && isInside(to)) return betweenInterfaces(aws, packet, from, to)
  if (isInside(to)) return fromInternet(aws, packet, from, to)
  if (!isInside(from)) throw new Error(`no end of ${packet.from} -> ${packet.to} is an interface`)
  const nat = natOnTheWay(aws, from.end.SubnetId, to.address)
  return nat ? throughNat(aws, packet, from, to, nat) : toInternet(aws, packet, from, to)
}

const isInside = (end: Other): end is Inside => end.end !== undefined

function endOf(aws: Aws, idOrAddress: string, ipv6: boolean): Other {
  const end = aws.interfaces.find(
    (candidate) =>
      candidate.NetworkInterfaceId === idOrAddress ||
      candidate.PrivateIpAddress === idOrAddress ||
      (candidate.Ipv6Addresses ?? []).some((address) => address.Ipv6Address === idOrAddress),
  )
  if (!end) return { address: idOrAddress }
  const address = ipv6 ? end.Ipv6Addresses?.[0]?.Ipv6Address : end.PrivateIpAddress
  if (address === undefined) throw new Error(`${idOrAddress} has no address of the packet's family`)
  return { address, end }
}

function betweenInterfaces(aws: Aws, packet: Packet, from: Inside, to: Inside): readonly Check[] {
  const request = headerOf(packet.protocol, packet.destinationPort, 'forward')
  const reply = headerOf(packet.protocol, packet.sourcePort, 'return')
  const fromAcl = aclOf(aws, from.end.SubnetId)
  const toAcl = aclOf(aws, to.end.SubnetId)
  const groups: readonly Check[] = [
    ['forward egress security-group', groupsAllow(aws, from.end, 'egress', to, request)],
    ['forward ingress security-group', groupsAllow(aws, to.end, 'ingress', from, request)],
  ]
  // Within a subnet neither ACLs nor routes take part.
  if (from.end.SubnetId === to.end.SubnetId) return groups
  return [
    ...groups,
    [
      `forward egress network-acl ${fromAcl?.NetworkAclId}`,
      aclAllows(fromAcl, 'egress', to.address, request),
    ],
    ['forward route', routeLeadsTo(aws, from.end, to.end, to.address)],
    [
      `forward ingress network-acl ${toAcl?.NetworkAclId}`,
      aclAllows(toAcl, 'ingress', from.address, request),
    ],
    // The reply passes the security groups (stateful), not the ACLs (stateless), and needs its own route.
    [`return egress network-acl ${toAcl?.NetworkAclId}`, aclAllows(toAcl, 'egress', from.address, reply)],
    ['return route', routeLeadsTo(aws, to.end, from.end, from.address)],
    [`return ingress network-acl ${fromAcl?.NetworkAclId}`, aclAllows(fromAcl, 'ingress', to.address, reply)],
  ]
}

/** Interface -> internet gateway -> address. The gateway brings the reply back by itself. */
function toInternet(aws: Aws, packet: Packet, from: Inside, to: Other): readonly Check[] {
  const request = headerOf(packet.protocol, packet.destinationPort, 'forward')
  const reply = headerOf(packet.protocol, packet.sourcePort, 'return')
  const acl = aclOf(aws, from.end.SubnetId)
  const goesOut =
    routeLeadsToInternet(aws, from.end.SubnetId, to.address) && hasPublicAddress(from.end, to.address)
  return [
    ['forward egress security-group', groupsAllow(aws, from.end, 'egress', to, request)],
    [`forward egress network-acl ${acl?.NetworkAclId}`, aclAllows(acl, 'egress', to.address, request)],
    ['forward route', goesOut],
    [`return ingress network-acl ${acl?.NetworkAclId}`, aclAllows(acl, 'ingress', to.address, reply)],
  ]
}

/** Interface -> NAT gateway (a new source address and port) -> internet gateway -> address. */
function throughNat(aws: Aws, packet: Packet, from: Inside, to: Other, nat: NatGateway): readonly Check[] {
  const request = headerOf(packet.protocol, packet.destinationPort, 'forward')
  const replyToNat = headerOf(packet.protocol, packet.natPort, 'return')
  const reply = headerOf(packet.protocol, packet.sourcePort, 'return')
  const acl = aclOf(aws, from.end.SubnetId)
  const natAcl = aclOf(aws, nat.SubnetId)
  const outside: readonly Check[] = [
    ['forward egress security-group', groupsAllow(aws, from.end, 'egress', to, request)],
    ['forward route', natLeadsToInternet(aws, nat, from.end, to.address)],
    [`forward egress network-acl ${natAcl?.NetworkAclId}`, aclAllows(natAcl, 'egress', to.address, request)],
    [
      `return ingress network-acl ${natAcl?.NetworkAclId}`,
      aclAllows(natAcl, 'ingress', to.address, replyToNat),
    ],
  ]
  if (from.end.SubnetId === nat.SubnetId) return outside
  return [
    ...outside,
    [`forward egress network-acl ${acl?.NetworkAclId}`, aclAllows(acl, 'egress', to.address, request)],
    [
      `forward ingress network-acl ${natAcl?.NetworkAclId}`,
      aclAllows(natAcl, 'ingress', from.address, request),
    ],
    ['return route', natLeadsBack(aws, nat, from.end, from.address)],
    [`return egress network-acl ${natAcl?.NetworkAclId}`, aclAllows(natAcl, 'egress', from.address, reply)],
    [`return ingress network-acl ${acl?.NetworkAclId}`, aclAllows(acl, 'ingress', to.address, reply)],
  ]
}

/** Address -> internet gateway -> interface; the reply needs a route back to that very gateway. */
function fromInternet(aws: Aws, packet: Packet, from: Other, to: Inside): readonly Check[] {
  const request = headerOf(packet.protocol, packet.destinationPort, 'forward')
  const reply = headerOf(packet.protocol, packet.sourcePort, 'return')
  const acl = aclOf(aws, to.end.SubnetId)
  const comesIn =
    attachedGateway(aws, to.end.VpcId) !== undefined &&
    hasPublicAddress(to.end, from.address) &&
    !isPrivate(from.address)
  return [
    ['forward route', comesIn],
    [`forward ingress network-acl ${acl?.NetworkAclId}`, aclAllows(acl, 'ingress', from.address, request)],
    ['forward ingress security-group', groupsAllow(aws, to.end, 'ingress', from, request)],
    [`return egress network-acl ${acl?.NetworkAclId}`, aclAllows(acl, 'egress', from.address, reply)],
    ['return route', routeLeadsToInternet(aws, to.end.SubnetId, from.address)],
  ]
}
