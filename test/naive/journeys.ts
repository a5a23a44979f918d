/** A packet's way there and its reply's way back, with all that is asked on them. */
import { isIpv6, isPrivate } from './addresses.ts'
import type { Aws, Interface } from './aws.ts'
import { type Back, backFrom, backFromOutside, CUT, type Stop } from './back.ts'
import { type Check, checksOf, isCut, judgedCrossings, type Leg } from './checks.ts'
import { attachedGateway, backToInternet, hasPublicAddress } from './gateways.ts'
import { headerOf } from './header.ts'
import { type Goal, type Hop, placeOf, placeOfNat } from './place.ts'
import { routeFor } from './routes.ts'
import { groupsAllow, type Other } from './security-groups.ts'
import { natAddress, type Walk, waysFrom } from './walk.ts'

export interface Packet {
  /** An interface (its id, or one of its addresses), or an address outside of every VPC. */
  readonly from: string
  readonly to: string
  readonly protocol: number
  readonly sourcePort: number
  readonly destinationPort: number
  /** The source port that a NAT gateway on the way puts in: 1024-65535. */
  readonly natPort: number
  /** That of a second one behind it. */
  readonly farNatPort: number
}

interface Inside extends Other {
  readonly end: Interface
}

/** There and back, in one of the ways that AWS may choose. */
export interface Journey {
  readonly checks: readonly Check[]
  readonly way: Pick<Walk, 'hops' | 'nats'>
  readonly hopsBack: readonly Hop[]
  readonly cut: readonly Leg[]
  readonly silent: boolean
}

/** All that AWS may choose from. */
export function journeysOf(aws: Aws, packet: Packet): readonly Journey[] {
  const ipv6 = isIpv6(packet.from) || isIpv6(packet.to)
  const from = endOf(aws, packet.from, ipv6)
  const to = endOf(aws, packet.to, ipv6)
  if (isInside(from)) return fromInside(aws, packet, from, to)
  if (!isInside(to)) throw new Error(`no end of ${packet.from} -> ${packet.to} is an interface`)
  return [fromInternet(aws, packet, from, to)]
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

function fromInside(aws: Aws, packet: Packet, from: Inside, to: Other): readonly Journey[] {
  const { protocol } = packet
  const goal: Goal = isInside(to) ? { address: to.address, inside: placeOf(to.end) } : to
  return waysFrom(aws, { goal, protocol, translation: 'allowed' }, placeOf(from.end), from.address).flatMap(
    (way) => {
      const request = headerOf(protocol, packet.destinationPort, 'forward')
      const cut = isCut(way, goal)
      const groups = groupChecks(aws, packet, from, to, way)
      const checks: readonly Check[] = [
        ...groups.checks,
        ['forward route', way.end === 'arrives' || way.end === 'leaves'],
        ...checksOf(aws, 'forward', judgedCrossings(way, goal, from.address), request),
      ]
      return backsOf(aws, packet, from, to, way, cut).map((back) => ({
        way,
        hopsBack: back.hops,
        checks: [...checks, ...back.checks],
        cut: [...(cut ? (['forward'] as const) : []), ...(back.cut ? (['return'] as const) : [])],
        silent: groups.silent || way.end === 'silent' || back.silent,
      }))
    },
  )
}

/** What a NAT gateway sends on is the gateway's: no reference to the sender's groups matches it. */
function groupChecks(aws: Aws, packet: Packet, from: Inside, to: Other, way: Walk) {
  const request = headerOf(packet.protocol, packet.destinationPort, 'forward')
  const nat = way.nats.at(-1)
  const asked = (across: Pick<Other, 'across'>): readonly Check[] => {
    const sender = nat ? { address: natAddress(nat) } : { ...from, ...across }
    const egress: Check = [
      'forward egress security-group',
      groupsAllow(aws, from.end, 'egress', { ...to, ...across }, request),
    ]
    if (!isInside(to)) return [egress]
    return [egress, ['forward ingress security-group', groupsAllow(aws, to.end, 'ingress', sender, request)]]
  }
  const checks = asked(way.hops.includes('transit') ? { across: 'transit' } : {})
  // Whether a reference in an outbound rule reaches behind a NAT gateway AWS does not say.
  const behindNat = () => groupsAllow(aws, from.end, 'egress', { address: to.address }, request)
  return {
    checks,
    silent:
      (nat !== undefined && checks[0]?.[1] !== behindNat()) ||
      // Nor whether references match by a peering connection when packets go over a transit gateway.
      asked({}).some(([, passes], index) => passes && !checks[index]?.[1]),
  }
}

/** The reply passes the security groups (stateful), not the ACLs (stateless), and needs its own routes. */
function backsOf(
  aws: Aws,
  packet: Packet,
  from: Inside,
  to: Other,
  way: Walk,
  cut: boolean,
): readonly Back[] {
  const ports = [packet.natPort, packet.farNatPort]
  const stops: readonly Stop[] = [
    ...way.nats
      .map((nat, index) => ({ place: placeOfNat(nat), address: natAddress(nat), port: ports[index] ?? 0 }))
      .reverse(),
    { place: placeOf(from.end), address: from.address, port: packet.sourcePort },
  ]
  if (isInside(to)) {
    if (cut && (way.nats.length > 0 || isTranslated(aws, to.address, to.end.VpcId))) return [CUT]
    const backs = backFrom(aws, placeOf(to.end), stops, to.address, packet.protocol)
    // Of a way that breaks, what lies behind may translate: then replies go back to somebody else.
    return cut && isTranslated(aws, to.address) ? backs.map((back) => ({ ...back, cut })) : backs
  }
  return cut ? [CUT] : backFromOutside(aws, stops, to.address, packet.protocol)
}

/** May something in a VPC, or in any, translate what comes to it on the way to an address? */
const isTranslated = (aws: Aws, address: string, vpcId?: string): boolean =>
  aws.subnets.some(
    ({ SubnetId, VpcId }) =>
      (vpcId === undefined || VpcId === vpcId) &&
      routeFor(aws, SubnetId, address)?.NatGatewayId !== undefined,
  )

/** Address -> internet gateway -> interface; the reply needs a route back to that very gateway. */
function fromInternet(aws: Aws, packet: Packet, from: Other, to: Inside): Journey {
  const request = headerOf(packet.protocol, packet.destinationPort, 'forward')
  const reply = headerOf(packet.protocol, packet.sourcePort, 'return')
  const edge = { subnetId: to.end.SubnetId, remote: from.address }
  const back = backToInternet(aws, placeOf(to.end), from.address)
  const comesIn =
    attachedGateway(aws, to.end.VpcId) !== undefined &&
    hasPublicAddress(to.end, from.address) &&
    !isPrivate(from.address)
  return {
    way: { hops: ['internet'], nats: [] },
    hopsBack: [],
    cut: back.hop === 'transit' ? ['return'] : [],
    silent: false,
    checks: [
      ['forward route', comesIn],
      ...checksOf(aws, 'forward', [{ ...edge, direction: 'ingress' }], request),
      ['forward ingress security-group', groupsAllow(aws, to.end, 'ingress', from, request)],
      ...checksOf(aws, 'return', [{ ...edge, direction: 'egress' }], reply),
      ['return route', back.arrives],
    ],
  }
}
