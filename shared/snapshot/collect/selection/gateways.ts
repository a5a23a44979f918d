/** How each kind of thing that lies on a way is asked for. */
import type { Session } from '../session.ts'
import type { Kind } from './journey.ts'
import { askBy, collectRouteTables } from './network.ts'

type Ask = (session: Session, ids: readonly string[]) => Promise<unknown>

const ofTransitGateways = [
  'ec2:DescribeTransitGateways',
  'ec2:DescribeTransitGatewayAttachments',
  'ec2:DescribeTransitGatewayVpcAttachments',
  'ec2:DescribeTransitGatewayRouteTables',
] as const

const ofTransitTables = [
  'ec2:SearchTransitGatewayRoutes',
  'ec2:GetTransitGatewayRouteTableAssociations',
  'ec2:GetTransitGatewayRouteTablePropagations',
] as const

export const askFor: Readonly<Record<Kind, Ask>> = {
  // DescribeNatGateways alone calls it `Filter`.
  natGateways: (session, ids) =>
    session.ask('ec2:DescribeNatGateways', { Filter: [{ Name: 'nat-gateway-id', Values: [...ids] }] }),
  peerings: (session, ids) =>
    askBy(session, 'ec2:DescribeVpcPeeringConnections', 'vpc-peering-connection-id', ids),
  transitGateways: (session, ids) =>
    Promise.all(ofTransitGateways.map((operation) => askBy(session, operation, 'transit-gateway-id', ids))),
  transitTables: (session, ids) =>
    Promise.all(ofTransitTables.map((operation) => session.askEach(operation, ids))),
  vpnGateways: (session, ids) => askBy(session, 'ec2:DescribeVpnGateways', 'vpn-gateway-id', ids),
  endpoints: (session, ids) => askBy(session, 'ec2:DescribeVpcEndpoints', 'vpc-endpoint-id', ids),
  // Tags are its only filter, and there are no more of them than VPCs.
  egressOnlyGateways: (session) => session.ask('ec2:DescribeEgressOnlyInternetGateways', {}),
  interfaces: (session, ids) => askBy(session, 'ec2:DescribeNetworkInterfaces', 'network-interface-id', ids),
  vpcs: collectRouteTables,
  // Together with all others, once it is known which these are.
  subnets: async () => {},
}
