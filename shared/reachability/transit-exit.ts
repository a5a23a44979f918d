/** Which attachment a transit gateway sends a packet out by: association, route, and on over peered gateways. */
import { formatAddress } from '../network/address.ts'
import type { Network } from '../network/network.ts'
import { notCollected } from '../network/peerings.ts'
import type { TransitVpcAttachment } from '../network/transit-gateways.ts'
import {
  type CompiledTransitRoute,
  type CompiledTransitTable,
  leadsTo,
  lookupTransit,
} from '../network/transit-route-tables.ts'
import type { GatewayOutcome, Place } from './layers.ts'
import type { Packet } from './packet.ts'
import type { Component, DecidingRule } from './result.ts'
import { block, pass, USABLE_STATES, unknown } from './transit-outcomes.ts'

export interface TransitExit {
  readonly attachment: TransitVpcAttachment
  /** How many transit gateways the packet passed. */
  readonly gateways: number
}

interface Crossing {
  readonly place: Place
  readonly packet: Packet
  readonly tell: (component: Component, outcome: GatewayOutcome) => void
}

const SEARCH = 'ec2:SearchTransitGatewayRoutes'
const ATTACHMENTS = 'ec2:DescribeTransitGatewayAttachments'
const VPC_ATTACHMENTS = 'ec2:DescribeTransitGatewayVpcAttachments'
/** Gateways of one after another Region: longer chains are circles. */
const MOST_GATEWAYS = 4

/** @returns undefined where the packet ends, or where it goes is not known: that was told */
export function exitOf(
  network: Network,
  crossing: Crossing,
  transitGatewayId: string,
  enteredBy: string,
  gateways = 1,
): TransitExit | undefined {
  const table = tableOf(network, crossing, transitGatewayId, enteredBy)
  const route = table && routeOf(network, crossing, table)
  const leaves = route?.attachmentIds[0]
  if (leaves === undefined) return undefined
  const attachment = network.transit.attachments.get(`${transitGatewayId} ${leaves}`)
  const type = attachment?.ResourceType ?? route?.route.TransitGatewayAttachments?.[0]?.ResourceType
  if (type === 'vpc') return vpcExit(network, crossing, leaves, gateways)
  const component = { type: 'transit-gateway-attachment', id: leaves } as const
  if (type !== 'peering' && type !== 'tgw-peering') {
    crossing.tell(component, elsewhere(crossing, leaves, type))
    return undefined
  }
  const outcome = peeringOutcome(crossing, leaves, attachment, gateways)
  crossing.tell(component, outcome)
  const peer = attachment?.ResourceId
  return peer === undefined || outcome.verdict !== 'pass'
    ? undefined
    : exitOf(network, crossing, peer, leaves, gateways + 1)
}

function tableOf(
  network: Network,
  { place, tell }: Crossing,
  transitGatewayId: string,
  enteredBy: string,
): CompiledTransitTable | undefined {
  const component = { type: 'transit-gateway-attachment', id: enteredBy } as const
  const association = network.transit.associationOf(transitGatewayId, enteredBy)
  if ('missing' in association) tell(component, { verdict: 'unknown', missing: association.missing })
  else if (association.table === null) {
    const explanation = () =>
      `${enteredBy} is associated with no route table, so ${transitGatewayId} drops its packets`
    tell(component, block('TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION', explanation))
  } else {
    const table = network.transit.tableOf(association.table)
    if (!('missing' in table)) return table
    const known = { ...table, because: `${table.because} (${place.scope.region})` }
    tell(
      { type: 'transit-gateway-route-table', id: association.table },
      { verdict: 'unknown', missing: known },
    )
  }
  return undefined
}

function routeOf(
  network: Network,
  { packet, tell }: Crossing,
  table: CompiledTransitTable,
): CompiledTransitRoute | undefined {
  const component = { type: 'transit-gateway-route-table', id: table.id } as const
  const found = lookupTransit(table, packet.destination)
  const to = () => formatAddress(packet.destination)
  if (found.kind === 'unknown') tell(component, { verdict: 'unknown', missing: found.missing })
  else if (found.kind === 'none') tell(component, noRoute(network, packet, table, to))
  else {
    const outcome = routeOutcome(table.id, found.route, to)
    tell(component, outcome)
    return outcome.verdict === 'pass' ? found.route : undefined
  }
  return undefined
}

/** A route that does not hold the address is something else than none at all. */
function noRoute(
  network: Network,
  { goal }: Packet,
  table: CompiledTransitTable,
  to: () => string,
): GatewayOutcome {
  const wanted = [...network.transit.vpcAttachments.values()].filter(
    ({ VpcId }) => VpcId !== undefined && VpcId === goal?.nic.vpcId,
  )
  const off = wanted.some(({ TransitGatewayAttachmentId: id }) => leadsTo(table, id))
  return block(
    off ? 'TGW_RTB_CANNOT_ROUTE' : 'TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT',
    () => `${table.id} has no route for ${to()}`,
  )
}

function routeOutcome(table: string, compiled: CompiledTransitRoute, to: () => string): GatewayOutcome {
  const { route, attachmentIds, ambiguous } = compiled
  const rule = transitRule(compiled)
  if (route.State === undefined) return unknown(SEARCH, `a route of ${table} came without its state`)
  if (route.State !== 'active')
    return block(
      'TGW_RTB_BAD_STATE_ROUTE',
      () => `the route of ${table} for ${to()} is a ${route.State}`,
      rule,
    )
  const [first, ...others] = attachmentIds
  if (ambiguous || others.length > 0 || first === undefined)
    return unknown(SEARCH, `which attachment the route of ${table} leads to is not certain`)
  return pass(() => `${table} sends ${to()} to ${first}`, rule)
}

/** The fields of TransitGatewayRouteTableRoute. */
const transitRule = ({ route, attachmentIds }: CompiledTransitRoute): DecidingRule => ({
  ...(route.DestinationCidrBlock && { destinationCidr: route.DestinationCidrBlock }),
  ...(route.PrefixListId && { prefixListId: route.PrefixListId }),
  attachmentId: attachmentIds[0],
  state: route.State,
  routeOrigin: route.Type,
})

function vpcExit(
  network: Network,
  { place, tell }: Crossing,
  id: string,
  gateways: number,
): TransitExit | undefined {
  const attachment = network.transit.vpcAttachments.get(id)
  if (attachment) return { attachment, gateways }
  const missing = notCollected(place.scope, VPC_ATTACHMENTS, id)
  tell({ type: 'transit-gateway-attachment', id }, { verdict: 'unknown', missing })
  return undefined
}

/** VPN, Direct Connect, Connect: up to the edge. */
const elsewhere = ({ place }: Crossing, id: string, type: string | undefined): GatewayOutcome =>
  type === undefined
    ? { verdict: 'unknown', missing: notCollected(place.scope, ATTACHMENTS, id) }
    : unknown('ec2:DescribeVpnConnections', `what lies behind ${id} (${type}) is not AWS's to tell`)

function peeringOutcome(
  { place }: Crossing,
  id: string,
  attachment: { readonly State?: string | undefined; readonly ResourceId?: string | undefined } | undefined,
  gateways: number,
): GatewayOutcome {
  if (!attachment) return { verdict: 'unknown', missing: notCollected(place.scope, ATTACHMENTS, id) }
  const { State: state, ResourceId: peer } = attachment
  if (state === undefined || peer === undefined)
    return unknown(ATTACHMENTS, `${id} came without its state or the other transit gateway`)
  if (!USABLE_STATES.includes(state))
    return block('BAD_STATE_ATTACHMENT', () => `${id} is ${state}, not available`)
  if (gateways >= MOST_GATEWAYS)
    return block('NO_POSSIBLE_DESTINATION', () => `packets go round in circles between transit gateways`)
  return pass(() => `${id} leads to ${peer}`)
}
