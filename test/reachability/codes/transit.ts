/** Codes of transit gateways. */
import * as aws from '../../fixtures/index.ts'
import { railway } from '../../fixtures/themes/railway.ts'
import { ask, type CodeCase } from './case.ts'

type Railway = ReturnType<typeof railway>

/** The clerk asks the timetable, in another VPC, after `change`. */
const asked =
  (change: (line: Railway) => void): CodeCase['ask'] =>
  (world) => {
    const line = railway()
    change(line)
    Object.assign(world, line.world)
    return ask(line.clerk, line.instances[0] ?? '', { port: 8080 })
  }

const attachmentOf = ({ world }: Railway, id: string) => aws.vpcAttachmentOf(world, id)

/** The clerk's group is admitted on 8080, and nobody else. */
function admitsClerk({ world, timetableGroup, clerk }: Railway): void {
  const [group] = aws.interfaceOf(world, clerk).Groups ?? []
  aws.setIngress(world, timetableGroup, aws.tcp(8080).fromGroup(group?.GroupId ?? ''))
}

export const transitCases: readonly CodeCase[] = [
  {
    code: 'SG_REFERENCING_SUPPORT',
    says: 'a rule that refers to a group over a transit gateway that does not support it',
    ask: asked(admitsClerk),
  },
  {
    code: 'TGW_ROUTE_AZ_RESTRICTION',
    says: 'the attachment has no subnet in the sender’s zone',
    ask: asked((line) => {
      attachmentOf(line, line.attachments.tickets).SubnetIds?.shift()
    }),
  },
  {
    code: 'TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION',
    says: 'the attachment is associated with no route table',
    ask: asked(({ world, attachments, spokesTable }) => {
      const told = world.transitGatewayAssociations[spokesTable]
      if (told)
        told.Associations = told.Associations.filter(
          (one) => one.TransitGatewayAttachmentId !== attachments.tickets,
        )
    }),
  },
  {
    code: 'TGW_RTB_NO_ROUTE_TO_TGW_ATTACHMENT',
    says: 'the route table has no route',
    ask: asked(({ world, spokesTable }) => {
      aws.removeTransitRoute(world, spokesTable, '10.71.0.0/16')
      aws.removeTransitRoute(world, spokesTable, '0.0.0.0/0')
    }),
  },
  {
    code: 'TGW_RTB_CANNOT_ROUTE',
    says: 'a route to the attachment, but for other addresses',
    ask: asked(({ world, spokesTable, attachments }) => {
      aws.removeTransitRoute(world, spokesTable, '10.71.0.0/16')
      aws.removeTransitRoute(world, spokesTable, '0.0.0.0/0')
      aws.transitRoute(world, spokesTable, '10.72.0.0/16', attachments.timetable)
    }),
  },
  {
    code: 'TGW_RTB_BAD_STATE_ROUTE',
    says: 'a more specific blackhole',
    ask: asked(({ world, spokesTable }) => {
      aws.transitRoute(world, spokesTable, '10.71.0.0/24', 'blackhole')
    }),
  },
  {
    code: 'BAD_STATE_ATTACHMENT',
    says: 'an attachment that failed',
    ask: asked((line) => {
      attachmentOf(line, line.attachments.timetable).State = 'failed'
    }),
  },
  {
    code: 'PROTOCOL_RESTRICTION',
    says: 'IPv6 over an attachment without IPv6 support',
    ask: (world) => {
      const line = railway()
      Object.assign(world, line.world)
      aws.addRoute(world, line.tickets.table, aws.route('2600:1f14:99::/48', line.gateway))
      return ask(aws.interfaceOf(world, line.clerk).Ipv6Addresses?.[0]?.Ipv6Address ?? '', '2600:1f14:99::1')
    },
  },
  {
    code: 'GATEWAY_REJECTS_SPOOFED_TRAFFIC',
    says: 'IPv6 of another VPC at an internet gateway',
    ask: (world) => {
      const line = railway()
      Object.assign(world, line.world)
      for (const id of [line.attachments.tickets, line.attachments.egress]) {
        const { Options } = attachmentOf(line, id)
        if (Options) Options.Ipv6Support = 'enable'
      }
      aws.transitRoute(world, line.spokesTable, '::/0', line.attachments.egress)
      aws.addRoute(world, line.transitTable, aws.route('::/0', line.internetGateway))
      aws.removeRoute(world, line.tickets.table, '::/0')
      aws.addRoute(world, line.tickets.table, aws.route('::/0', line.gateway))
      return ask(aws.interfaceOf(world, line.clerk).Ipv6Addresses?.[0]?.Ipv6Address ?? '', '2001:4860::8888')
    },
  },
]
