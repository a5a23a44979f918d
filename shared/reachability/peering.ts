/** Over a VPC peering connection. https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html */
import { type Address, formatAddress, inRange, parseCidr } from '../network/address.ts'
import type { Network } from '../network/network.ts'
import { notCollected, type Peering } from '../network/peerings.ts'
import type { CompiledRoute } from '../network/route-tables.ts'
import type { Goal, Identity, Place, RouteOutcome } from './layers.ts'

const OPERATION = 'ec2:DescribeVpcPeeringConnections'

/** To an address that we know: it must be in the VPC on the other side, since peering is not transitive. */
export function throughPeering(
  network: Network,
  from: Place,
  to: Goal,
  route: CompiledRoute,
  id: string,
  identity: Identity,
): RouteOutcome {
  const peering = network.peerings.get(id)
  if (!peering) return { kind: 'unknown', missing: notCollected(from.scope, OPERATION, id), identity: 2 }
  const unusable = unusablePeering(peering, route, identity)
  if (unusable) return unusable
  const sides = sidesOf(peering)
  const across = from.vpcId !== to.nic.vpcId && sides.includes(from.vpcId) && sides.includes(to.nic.vpcId)
  if (across) return { kind: 'peering', route, id, identity }
  const because = () =>
    `${id} joins ${sides.join(' and ')}; peering is not transitive, so it does not lead to ${to.nic.vpcId}`
  return { kind: 'astray', route, code: 'PCX_REQUIRES_ADDRESS_IN_VPC_CIDR', because, identity }
}

const sidesOf = ({ RequesterVpcInfo, AccepterVpcInfo }: Peering) => [
  RequesterVpcInfo?.VpcId,
  AccepterVpcInfo?.VpcId,
]

function unusablePeering(
  peering: Peering,
  route: CompiledRoute,
  identity: Identity,
): RouteOutcome | undefined {
  const { VpcPeeringConnectionId: id, Status } = peering
  const status = Status?.Code
  if (status === undefined || sidesOf(peering).includes(undefined)) {
    const because = `${id} came without its status or VPCs`
    return { kind: 'unknown', missing: { missing: OPERATION, because }, identity: 2 }
  }
  if (status === 'active') return undefined
  const because = () => `${id} is ${status}, not active`
  return { kind: 'astray', route, code: 'BAD_STATE', because, peering: id, identity }
}

/** To an address that nobody we know holds: outside of the other VPC's blocks it goes nowhere. */
export function outThroughPeering(
  network: Network,
  from: Place,
  to: Address,
  route: CompiledRoute,
  id: string,
): RouteOutcome | undefined {
  const peering = network.peerings.get(id)
  if (!peering) return { kind: 'unknown', missing: notCollected(from.scope, OPERATION, id), identity: 0 }
  const unusable = unusablePeering(peering, route, 0)
  if (unusable) return unusable
  const other = [peering.RequesterVpcInfo, peering.AccepterVpcInfo].find((side) => side?.VpcId !== from.vpcId)
  const blocks = [
    ...(other?.CidrBlockSet?.map(({ CidrBlock }) => CidrBlock) ?? [other?.CidrBlock]),
    ...(other?.Ipv6CidrBlockSet?.map(({ Ipv6CidrBlock }) => Ipv6CidrBlock) ?? []),
  ].map((text) => (text === undefined ? undefined : parseCidr(text)))
  const told = typeof to === 'number' ? !blocks.includes(undefined) : other?.Ipv6CidrBlockSet !== undefined
  if (!told || blocks.some((block) => block && inRange(to, block.range))) return undefined
  const because = () =>
    `${formatAddress(to)} is no address of ${other?.VpcId}, and ${id} leads nowhere else: peering is not transitive`
  return { kind: 'astray', route, code: 'PCX_REQUIRES_ADDRESS_IN_VPC_CIDR', because, identity: 0 }
}
