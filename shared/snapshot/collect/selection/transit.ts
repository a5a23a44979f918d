/** Through transit gateways. https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html */
import type { Responses } from '../../types.ts'
import type { Entry, Following, Stop } from './journey.ts'
import { routesTaken } from './routes-taken.ts'

/** Where the packets of a VPC come in. */
export const entriesOf = (
  responses: Responses,
  gateway: string,
  vpc: string | undefined,
): readonly Entry[] =>
  vpc === undefined ? [] : entriesIn(responses, new Set([vpc])).filter((entry) => entry.gateway === gateway)

export const entriesIn = (responses: Responses, vpcs: ReadonlySet<string>): readonly Entry[] =>
  vpcAttachments(responses).flatMap(({ TransitGatewayAttachmentId: attachment, TransitGatewayId, VpcId }) =>
    TransitGatewayId !== undefined && VpcId !== undefined && vpcs.has(VpcId)
      ? [{ gateway: TransitGatewayId, attachment }]
      : [],
  )

const vpcAttachments = (responses: Responses) =>
  responses['ec2:DescribeTransitGatewayVpcAttachments']?.TransitGatewayVpcAttachments ?? []

/** The table with which the attachment is associated says through which attachment packets leave. */
export function enterTransit(entry: Entry, following: Following): readonly Stop[] {
  const { responses, to, found } = following
  found.transitGateways.add(entry.gateway)
  for (const subnet of subnetsOf(responses, entry.attachment)) found.subnets.add(subnet)
  const tables = tablesOf(responses, entry)
  for (const table of tables) found.transitTables.add(table)
  const routes = tables.flatMap((table) => responses['ec2:SearchTransitGatewayRoutes']?.[table]?.Routes ?? [])
  const taken = routesTaken(routes, to, {
    blockOf: ({ DestinationCidrBlock }) => DestinationCidrBlock,
    isLocal: () => false,
  })
  return taken
    .flatMap(({ TransitGatewayAttachments = [] }) => TransitGatewayAttachments)
    .flatMap(({ TransitGatewayAttachmentId, ResourceType, ResourceId }) => {
      if (TransitGatewayAttachmentId === undefined) return []
      if (ResourceType !== 'peering') return leaveInto(TransitGatewayAttachmentId, following)
      return acrossPeering(TransitGatewayAttachmentId, ResourceId)
    })
}

/** All tables of the gateway where the attachment does not tell its own. */
function tablesOf(responses: Responses, { gateway, attachment }: Entry): string[] {
  const attachments = responses['ec2:DescribeTransitGatewayAttachments']?.TransitGatewayAttachments ?? []
  const own = attachments.find(
    (one) => one.TransitGatewayAttachmentId === attachment && one.TransitGatewayId === gateway,
  )?.Association?.TransitGatewayRouteTableId
  return (responses['ec2:DescribeTransitGatewayRouteTables']?.TransitGatewayRouteTables ?? [])
    .filter(({ TransitGatewayId }) => TransitGatewayId === gateway)
    .map(({ TransitGatewayRouteTableId }) => TransitGatewayRouteTableId)
    .filter((table) => own === undefined || table === own)
}

/** In the VPC, packets go on by the tables of the attachment's subnets. */
function leaveInto(attachment: string, { responses, found }: Following): readonly Stop[] {
  const vpc = vpcAttachments(responses).find(
    ({ TransitGatewayAttachmentId }) => TransitGatewayAttachmentId === attachment,
  )?.VpcId
  if (vpc !== undefined) found.vpcs.add(vpc)
  return subnetsOf(responses, attachment).map((subnet) => {
    found.subnets.add(subnet)
    return { subnet, vpc }
  })
}

/** The other gateway knows the attachment by the same id. In another Region or account it is not found. */
function acrossPeering(attachment: string, gateway: string | undefined): readonly Stop[] {
  return gateway === undefined ? [] : [{ gateway, attachment }]
}

const subnetsOf = (responses: Responses, attachment: string): readonly string[] =>
  vpcAttachments(responses)
    .filter(({ TransitGatewayAttachmentId }) => TransitGatewayAttachmentId === attachment)
    .flatMap(({ SubnetIds = [] }) => SubnetIds)
