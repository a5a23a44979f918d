/** What lets packets out of a VPC to the internet and to AWS's services, and the internet's packets in. */
import { isIpv6, isPrivate } from './addresses.ts'
import type { Aws, Interface, Route } from './aws.ts'
import type { Hop, Place } from './place.ts'
import { hopOf, routeFor, usable } from './routes.ts'

const TCP = 6
const ICMP = 1

/** IPv4 needs a public address of one's own; an IPv6 address is one. */
export const hasPublicAddress = (end: Interface, destination: string): boolean =>
  isIpv6(destination) || end.Association?.PublicIp !== undefined

interface Attachable {
  readonly Attachments?: readonly { readonly VpcId?: string; readonly State?: string }[]
}

const isAttachedTo = (gateway: Attachable, vpcId: string | undefined): boolean =>
  (gateway.Attachments ?? []).some(
    (attachment) => attachment.VpcId === vpcId && ['available', 'attached'].includes(attachment.State ?? ''),
  )

export const attachedGateway = (aws: Aws, vpcId: string | undefined): string | undefined =>
  aws.internetGateways.find((gateway) => isAttachedTo(gateway, vpcId))?.InternetGatewayId

/** The internet gateway of just this VPC, to an address that it carries. */
export function leadsToInternet(
  aws: Aws,
  place: Place,
  route: Route | undefined,
  destination: string,
): boolean {
  const gateway = attachedGateway(aws, place.vpcId)
  return usable(route) && gateway !== undefined && route.GatewayId === gateway && !isPrivate(destination)
}

/** Do replies of the interface to an address on the internet leave by the internet gateway, or where else? */
export function backToInternet(aws: Aws, place: Place, destination: string) {
  const route = routeFor(aws, place.subnetId, destination)
  const hop: Hop = usable(route) ? hopOf(route) : 'nowhere'
  return { hop, arrives: leadsToInternet(aws, place, route, destination) }
}

/**
 * An internet gateway sends on what has a public address: an interface's own, or a NAT gateway's. What arrives over
 * a transit gateway has none in this VPC (IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS).
 */
export function isKnownOnTheInternet(place: Place, destination: string): boolean {
  if (place.by === 'interface') return hasPublicAddress(place.nic, destination)
  return (
    place.by === 'nat' &&
    place.nat.ConnectivityType !== 'private' &&
    (place.nat.NatGatewayAddresses ?? []).some((address) => address.PublicIp !== undefined)
  )
}

/** IPv6 only, and only for the interfaces of its own VPC: AWS has IPv6 leave each VPC by a gateway of its own
 * (whitepaper "Building a Scalable and Secure Multi-VPC AWS Network Infrastructure", centralized egress). */
export const leavesByEgressOnly = (aws: Aws, place: Place, route: Route, destination: string): boolean =>
  place.by === 'interface' &&
  isIpv6(destination) &&
  aws.egressOnlyGateways.some(
    (gateway) =>
      gateway.EgressOnlyInternetGatewayId === route.EgressOnlyInternetGatewayId &&
      isAttachedTo(gateway, place.vpcId),
  )

/** TCP and ICMP echo (VPCE_GATEWAY_PROTOCOL_RESTRICTION), from interfaces of its own VPC: "endpoint connections
 * cannot be extended out of a VPC" (https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html). */
export const leavesByEndpoint = (aws: Aws, place: Place, route: Route, protocol: number): boolean =>
  place.by === 'interface' &&
  [TCP, ICMP].includes(protocol) &&
  aws.endpoints.some(
    (endpoint) =>
      endpoint.VpcEndpointId === route.GatewayId &&
      endpoint.VpcEndpointType === 'Gateway' &&
      endpoint.VpcId === place.vpcId &&
      endpoint.State === 'available',
  )
