/**
 * The transit gateway's two route tables. The spokes see every VPC, the internet through the hub and the office by VPN;
 * the isolated VPCs see the hub only, so that a way there has no way back.
 */
import { HUB, id, nameTag, type Place, TRANSIT_GATEWAY, transitAttachmentId } from './places.ts'

const SPOKES = id('tgw-rtb', 1)
const ISOLATED = id('tgw-rtb', 2)

const isIsolated = ({ vpc }: Place) => vpc % 5 === 4

export interface Reference {
  readonly TransitGatewayAttachmentId: string
  readonly ResourceId: string
  readonly ResourceType: string
}

export const vpcReference = (place: Place): Reference => ({
  TransitGatewayAttachmentId: transitAttachmentId(place.vpc),
  ResourceId: place.vpcId,
  ResourceType: 'vpc',
})

export const VPN_REFERENCE: Reference = {
  TransitGatewayAttachmentId: transitAttachmentId(0xffff),
  ResourceId: id('vpn', 1),
  ResourceType: 'vpn',
}

export const tableOf = (place: Place) => (isIsolated(place) ? ISOLATED : SPOKES)
export const VPN_TABLE = SPOKES

/** @param places those with an attachment */
export function transitTablesOf(places: readonly Place[]) {
  const all = [...places.map(vpcReference), VPN_REFERENCE]
  const isolated = places.filter(isIsolated).map(vpcReference)
  const spokes = [...places.filter((place) => !isIsolated(place)).map(vpcReference), VPN_REFERENCE]
  const hub = places.filter(({ vpc }) => vpc === HUB)
  return {
    'ec2:DescribeTransitGatewayRouteTables': {
      TransitGatewayRouteTables: [described(SPOKES, 'spokes'), described(ISOLATED, 'isolated')],
    },
    'ec2:SearchTransitGatewayRoutes': {
      [SPOKES]: found([...places.map(propagated), VPN_ROUTE, ...staticRoutes, ...quarantine]),
      [ISOLATED]: found([...hub.map(propagated), ...staticRoutes]),
    },
    'ec2:GetTransitGatewayRouteTableAssociations': {
      [SPOKES]: { Associations: inState('associated', spokes) },
      [ISOLATED]: { Associations: inState('associated', isolated) },
    },
    'ec2:GetTransitGatewayRouteTablePropagations': {
      [SPOKES]: { TransitGatewayRouteTablePropagations: inState('enabled', all) },
      [ISOLATED]: { TransitGatewayRouteTablePropagations: inState('enabled', hub.map(vpcReference)) },
    },
  }
}

const inState = (State: string, references: readonly Reference[]) =>
  references.map((reference) => ({ ...reference, State }))

const found = (Routes: readonly object[]) => ({ Routes, AdditionalRoutesAvailable: false })

const routeTo = (DestinationCidrBlock: string, Type: 'static' | 'propagated', reference: Reference) => ({
  DestinationCidrBlock,
  TransitGatewayAttachments: [reference],
  Type,
  State: 'active',
})

const blackhole = (DestinationCidrBlock: string) => ({
  DestinationCidrBlock,
  Type: 'static',
  State: 'blackhole',
})

const propagated = (place: Place) => routeTo(`10.${place.vpc}.0.0/16`, 'propagated', vpcReference(place))

const VPN_ROUTE = routeTo('172.20.0.0/16', 'propagated', VPN_REFERENCE)

/** The internet by the hub, and nothing private that no attachment has. */
const staticRoutes = [
  routeTo('0.0.0.0/0', 'static', {
    TransitGatewayAttachmentId: transitAttachmentId(HUB),
    ResourceId: id('vpc', HUB),
    ResourceType: 'vpc',
  }),
  blackhole('10.0.0.0/8'),
  blackhole('172.16.0.0/12'),
  blackhole('192.168.0.0/16'),
]

/** A subnet of the hub, and one host in the middle of another VPC's subnet. */
const quarantine = [blackhole('10.0.144.0/20'), blackhole('10.1.48.37/32')]

const described = (TransitGatewayRouteTableId: string, name: string) => ({
  TransitGatewayRouteTableId,
  TransitGatewayId: TRANSIT_GATEWAY,
  State: 'available',
  DefaultAssociationRouteTable: false,
  DefaultPropagationRouteTable: false,
  CreationTime: '2026-03-02T07:50:00.000Z',
  Tags: nameTag(name),
})
