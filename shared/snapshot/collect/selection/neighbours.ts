/** Where no route leads to a target: over what the packets may have been meant to go. */
import ipaddr from 'ipaddr.js'
import type { VpcPeeringConnection } from '../../types.ts'
import type { Session } from '../session.ts'
import type { Journey, Place } from './journey.ts'
import { askBy } from './network.ts'
import { contains, parseBlock } from './routes-taken.ts'
import { entriesIn } from './transit.ts'

export function isLocal({ responses }: Session, vpcs: ReadonlySet<string>, address: string): boolean {
  const tables = responses['ec2:DescribeRouteTables']?.RouteTables ?? []
  return tables
    .filter(({ VpcId }) => VpcId !== undefined && vpcs.has(VpcId))
    .flatMap(({ Routes = [] }) => Routes)
    .filter(({ GatewayId }) => GatewayId === 'local')
    .some((route) => within(address, route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock))
}

function within(address: string, block: string | undefined): boolean {
  const parsed = parseBlock(block)
  return parsed !== undefined && ipaddr.isValid(address) && contains(parsed, ipaddr.parse(address))
}

/** Peering connections and transit gateways of the VPCs, whether or not a route leads to them. */
export async function collectNeighbours(
  session: Session,
  vpcs: ReadonlySet<string>,
  lost: readonly string[],
): Promise<readonly Journey[]> {
  const peerings = 'ec2:DescribeVpcPeeringConnections'
  await Promise.all([
    askBy(session, peerings, 'requester-vpc-info.vpc-id', vpcs),
    askBy(session, peerings, 'accepter-vpc-info.vpc-id', vpcs),
    askBy(session, 'ec2:DescribeTransitGatewayVpcAttachments', 'vpc-id', vpcs),
  ])
  const connections = session.responses[peerings]?.VpcPeeringConnections ?? []
  const peers = connections.flatMap((connection) => peersWith(connection, lost))
  return [{ from: [...peers, ...entriesIn(session.responses, vpcs)], to: lost }]
}

/** The sides that say that one of the addresses is theirs. */
function peersWith(
  { AccepterVpcInfo, RequesterVpcInfo }: VpcPeeringConnection,
  lost: readonly string[],
): Place[] {
  return [AccepterVpcInfo, RequesterVpcInfo].flatMap((side) => {
    const blocks = [
      ...(side?.CidrBlockSet ?? []).map(({ CidrBlock }) => CidrBlock),
      ...(side?.Ipv6CidrBlockSet ?? []).map(({ Ipv6CidrBlock }) => Ipv6CidrBlock),
    ]
    const theirs = lost.some((address) => blocks.some((block) => within(address, block)))
    return theirs ? [{ subnet: undefined, vpc: side?.VpcId }] : []
  })
}
