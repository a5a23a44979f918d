/** Targets outside the load balancer's VPC: over a peering connection, or behind a private NAT gateway. */
import type { Route } from '../../types.ts'
import type { Session } from '../session.ts'
import { collectPeerEnds, type Ends } from './interfaces.ts'
import { collectRouteTables } from './network.ts'

/** Asked only when a target is not in the load balancer's own VPC. */
export async function collectOutside(session: Session, ends: Ends, near: ReadonlySet<string>): Promise<Ends> {
  if (ends.missing.length === 0) return ends
  const routes = (session.responses['ec2:DescribeRouteTables']?.RouteTables ?? []).flatMap(
    (table) => table.Routes ?? [],
  )
  await Promise.all([
    askReferenced(
      session,
      'ec2:DescribeVpcPeeringConnections',
      'vpc-peering-connection-id',
      routes,
      'VpcPeeringConnectionId',
    ),
    askReferenced(session, 'ec2:DescribeNatGateways', 'nat-gateway-id', routes, 'NatGatewayId'),
  ])
  const far = peerVpcs(session).filter((vpc) => !near.has(vpc))
  if (far.length === 0) return ends
  const [peerEnds] = await Promise.all([
    collectPeerEnds(session, ends, far),
    collectRouteTables(session, far),
  ])
  return peerEnds
}

async function askReferenced(
  session: Session,
  operation: 'ec2:DescribeVpcPeeringConnections' | 'ec2:DescribeNatGateways',
  filter: string,
  routes: readonly Route[],
  field: 'VpcPeeringConnectionId' | 'NatGatewayId',
): Promise<void> {
  const Values = [...new Set(routes.map((route) => route[field]).filter((id) => id !== undefined))]
  if (Values.length === 0) return
  const Filter = [{ Name: filter, Values }]
  // DescribeNatGateways alone calls it `Filter`.
  await (operation === 'ec2:DescribeNatGateways'
    ? session.ask(operation, { Filter })
    : session.ask(operation, { Filters: Filter }))
}

const peerVpcs = ({ responses }: Session) =>
  (responses['ec2:DescribeVpcPeeringConnections']?.VpcPeeringConnections ?? [])
    .flatMap((one) => [one.AccepterVpcInfo?.VpcId, one.RequesterVpcInfo?.VpcId])
    .filter((vpc) => vpc !== undefined)
