/** Wrong about transit gateways. */
import { contains, prefixLength } from './addresses.ts'
import type { Aws, TransitAttachment, TransitRoute } from './aws.ts'
import { changed, changedFor, type End, type Mutants, without } from './mutant.ts'
import { aclOf } from './network-acls.ts'
import { tableOf } from './routes.ts'

const inAttachments = (change: (attachment: TransitAttachment, aws: Aws) => TransitAttachment) =>
  changed((aws) => ({
    ...aws,
    transitAttachments: aws.transitAttachments.map((attachment) => change(attachment, aws)),
  }))
const inOptions = (options: NonNullable<TransitAttachment['Options']>) =>
  inAttachments((attachment) => ({ ...attachment, Options: { ...attachment.Options, ...options } }))
const inGateways = (change: Partial<Aws['transitGateways'][number]>) =>
  changed((aws) => ({
    ...aws,
    transitGateways: aws.transitGateways.map((gateway) => ({ ...gateway, ...change })),
  }))
const inTransitRoutes = (change: (routes: readonly TransitRoute[]) => readonly TransitRoute[]) =>
  changed((aws) => ({ ...aws, transitRoutes: change(aws.transitRoutes) }))

const zoneOf = (aws: Aws, id: string) => aws.subnets.find(({ SubnetId }) => SubnetId === id)?.AvailabilityZone

/** A subnet of the VPC for every zone that the attachment has none in. */
function everywhere(attachment: TransitAttachment, aws: Aws): TransitAttachment {
  const own = attachment.SubnetIds ?? []
  const zones = new Set(own.map((id) => zoneOf(aws, id)))
  const missing = aws.subnets.filter(
    ({ VpcId, AvailabilityZone }) => VpcId === attachment.VpcId && !zones.has(AvailabilityZone),
  )
  return { ...attachment, SubnetIds: [...own, ...missing.map(({ SubnetId }) => SubnetId)] }
}

/** Of the routes to an end, the one with the shortest prefix. */
function shortest(aws: Aws, ...ends: readonly End[]): Aws {
  const to = (address: string) => (route: TransitRoute) => contains(route.DestinationCidrBlock ?? '', address)
  const length = (route: TransitRoute) => prefixLength(route.DestinationCidrBlock ?? '')
  const tables = [...new Set(aws.transitRoutes.map(({ table }) => table))]
  const kept = tables.flatMap((table) =>
    ends.flatMap(({ address }) => {
      const candidates = aws.transitRoutes.filter((route) => route.table === table).filter(to(address))
      return candidates.sort((one, other) => length(one) - length(other))[0] ?? []
    }),
  )
  return { ...aws, transitRoutes: [...new Set(kept)] }
}

/** Out by the zone of the receiver. */
function inZoneOfEnds(aws: Aws, ...ends: readonly End[]): Aws {
  const at = (attachment: TransitAttachment) => ends.find(({ subnet }) => subnet?.VpcId === attachment.VpcId)
  const near = (attachment: TransitAttachment) =>
    (attachment.SubnetIds ?? []).filter((id) => zoneOf(aws, id) === at(attachment)?.subnet?.AvailabilityZone)
  return {
    ...aws,
    transitAttachments: aws.transitAttachments.map((attachment) =>
      near(attachment).length > 0 ? { ...attachment, SubnetIds: near(attachment) } : attachment,
    ),
  }
}

interface Twin {
  readonly of: 'ends' | 'others'
  readonly acl: 'same' | 'open'
  readonly routes: 'same' | 'local'
}

/** As if the attachment had subnets of its own beside those that it has. */
const withTwins = ({ of, acl, routes }: Twin) =>
  changedFor((aws, ...ends) => {
    const isEnd = (id: string) => ends.some(({ subnet }) => subnet?.SubnetId === id)
    const used = aws.transitAttachments.flatMap(({ SubnetIds }) => SubnetIds ?? [])
    const doubled = used.filter((id) => isEnd(id) === (of === 'ends'))
    const twin = (id: string) => `${id}-twin`
    return {
      ...aws,
      subnets: [
        ...aws.subnets,
        ...aws.subnets
          .filter(({ SubnetId }) => doubled.includes(SubnetId))
          .map((subnet) => ({ ...subnet, SubnetId: twin(subnet.SubnetId) })),
      ],
      acls: [
        ...aws.acls,
        ...doubled.map((id) => ({ ...aclFor(aws, id, acl), Associations: [{ SubnetId: twin(id) }] })),
      ],
      routeTables: [
        ...aws.routeTables,
        ...doubled.map((id) => ({
          RouteTableId: `rtb-${id}`,
          Associations: [{ SubnetId: twin(id) }],
          Routes: (tableOf(aws, id)?.Routes ?? []).filter(
            ({ GatewayId }) => routes === 'same' || GatewayId === 'local',
          ),
        })),
      ],
      transitAttachments: aws.transitAttachments.map((attachment) => ({
        ...attachment,
        SubnetIds: attachment.SubnetIds?.map((id) => (doubled.includes(id) ? twin(id) : id)),
      })),
    }
  })

function aclFor(aws: Aws, subnet: string, kind: Twin['acl']) {
  const all = ['0.0.0.0/0', '::/0'].flatMap((block) =>
    [true, false].map((Egress) => ({
      Egress,
      RuleNumber: 100,
      Protocol: '-1',
      RuleAction: 'allow',
      ...(block.includes(':') ? { Ipv6CidrBlock: block } : { CidrBlock: block }),
    })),
  )
  const own = aclOf(aws, subnet)
  return kind === 'open' || !own ? { NetworkAclId: 'acl-open', Entries: all } : own
}

export const transitMutants: Mutants = {
  'enters a transit gateway from every zone': inAttachments(everywhere),
  'leaves a transit gateway in the zone of the receiver': changedFor(inZoneOfEnds),
  'takes the shortest transit route': changedFor(shortest),
  'takes propagated transit routes before static ones': inTransitRoutes((routes) =>
    routes.map((route) => ({ ...route, Type: route.Type === 'static' ? 'propagated' : 'static' })),
  ),
  'passes over blackholes of a transit gateway': inTransitRoutes((routes) =>
    routes.filter(({ State }) => State !== 'blackhole'),
  ),
  'looks into the wrong transit table': changed((aws) => ({
    ...aws,
    transitAssociations: aws.transitAssociations.map((association) => ({
      ...association,
      table: aws.transitAssociations.find(({ table }) => table !== association.table)?.table ?? 'none',
    })),
  })),
  'takes every association': changed((aws) => ({
    ...aws,
    transitAssociations: aws.transitAssociations.map((association) => ({
      ...association,
      State: 'associated',
    })),
  })),
  'takes every attachment': inAttachments((attachment) => ({ ...attachment, State: 'available' })),
  'takes every transit gateway': inGateways({ State: 'available' }),
  'sends IPv6 over every attachment': inOptions({ Ipv6Support: 'enable' }),
  'asks no ACL of an attachment': withTwins({ of: 'others', acl: 'open', routes: 'same' }),
  'asks the ACL of an attachment in the subnet of an end': withTwins({
    of: 'ends',
    acl: 'same',
    routes: 'same',
  }),
  'goes on from an attachment by local routes only': withTwins({
    of: 'others',
    acl: 'same',
    routes: 'local',
  }),
  'lets transit gateways lead on to peers': without(
    / route$/,
    ({ hops }) => hops[0] === 'transit' && hops[1] === 'peering',
  ),
  'lets transit gateways lead on to an internet gateway': without(
    / route$/,
    ({ hops }) => hops[0] === 'transit' && hops[1] === 'internet',
  ),
  'lets transit gateways lead on to an egress-only internet gateway': without(
    / route$/,
    ({ hops }) => hops[0] === 'transit' && hops[1] === 'egress-only',
  ),
  'knows no references across transit gateways': inOptions({ SecurityGroupReferencingSupport: 'disable' }),
  'follows references across every transit gateway': inGateways({
    Options: { SecurityGroupReferencingSupport: 'enable' },
  }),
  'follows references across every attachment': inOptions({ SecurityGroupReferencingSupport: 'enable' }),
}
