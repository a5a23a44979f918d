/**
 * Transit gateways: which attachment a packet enters by, which table routes it, where it comes out.
 * https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
 */
import { listed, notListed, response } from '../snapshot/known.ts'
import type { UnkeyedOperation, UnkeyedResponse } from '../snapshot/operations.ts'
import type { Missing, Scope } from '../snapshot/types.ts'
import { type CompiledTransitTable, compileTransitTable } from './transit-route-tables.ts'

type Listed<O extends UnkeyedOperation, F extends keyof UnkeyedResponse<O>> =
  NonNullable<UnkeyedResponse<O>[F]> extends readonly (infer T)[] ? T : never

type TransitGateway = Listed<'ec2:DescribeTransitGateways', 'TransitGateways'>
type TransitAttachment = Listed<'ec2:DescribeTransitGatewayAttachments', 'TransitGatewayAttachments'>
export type TransitVpcAttachment = Listed<
  'ec2:DescribeTransitGatewayVpcAttachments',
  'TransitGatewayVpcAttachments'
>

/** Which route table an attachment's packets are looked up in; `null` where it is certain that none is associated. */
type Association = { readonly table: string | null } | { readonly missing: Missing }

export interface TransitNetwork {
  readonly gateways: ReadonlyMap<string, TransitGateway>
  readonly vpcAttachments: ReadonlyMap<string, TransitVpcAttachment>
  /** By "tgw-... vpc-...". */
  readonly vpcAttachmentOf: ReadonlyMap<string, TransitVpcAttachment>
  /** By "tgw-... tgw-attach-...": both ends of a peering carry the same attachment id. */
  readonly attachments: ReadonlyMap<string, TransitAttachment>
  readonly associationOf: (transitGatewayId: string, attachmentId: string) => Association
  readonly tableOf: (tableId: string) => CompiledTransitTable | Missing
  /** Of all tables whose routes were collected. */
  readonly tableIds: readonly string[]
}

export function compileTransit(scopes: readonly Scope[]): TransitNetwork {
  const vpcAttachments = everything(scopes, 'ec2:DescribeTransitGatewayVpcAttachments', (found) =>
    liveLast(found.TransitGatewayVpcAttachments ?? []),
  )
  const attachments = everything(scopes, 'ec2:DescribeTransitGatewayAttachments', (found) =>
    liveLast(found.TransitGatewayAttachments ?? []),
  )
  const gateways = everything(
    scopes,
    'ec2:DescribeTransitGateways',
    ({ TransitGateways }) => TransitGateways ?? [],
  )
  const byGateway = new Map(attachments.map((one) => [joined(one), one]))
  return {
    gateways: new Map(gateways.map((one) => [one.TransitGatewayId, one])),
    vpcAttachments: new Map(vpcAttachments.map((one) => [one.TransitGatewayAttachmentId, one])),
    vpcAttachmentOf: new Map(vpcAttachments.map((one) => [`${one.TransitGatewayId} ${one.VpcId}`, one])),
    attachments: byGateway,
    associationOf: associations(scopes, byGateway),
    tableOf: tables(scopes),
    tableIds: scopes.flatMap(({ responses }) => Object.keys(responses[SEARCH] ?? {})),
  }
}

const joined = (one: TransitAttachment) => `${one.TransitGatewayId} ${one.TransitGatewayAttachmentId}`

interface Stated {
  readonly State?: string | undefined
}

/** Attachments that were deleted are listed for a while; a VPC's new one counts, not its old one. */
const liveLast = <T extends Stated>(attachments: readonly T[]): readonly T[] => [
  ...attachments.filter((one) => !isLive(one)),
  ...attachments.filter(isLive),
]

const isLive = ({ State }: Stated): boolean => State !== 'deleted' && State !== 'deleting'

const everything = <O extends UnkeyedOperation, T>(
  scopes: readonly Scope[],
  operation: O,
  items: (found: UnkeyedResponse<O>) => readonly T[],
): readonly T[] =>
  scopes.flatMap((scope) => {
    const found = response(scope, operation)
    return found.known ? items(found.value) : []
  })

const VPC_ATTACHMENTS = 'ec2:DescribeTransitGatewayVpcAttachments'

/**
 * Why it is not certain that a VPC is not attached to a transit gateway, of which no attachment was found.
 * @returns undefined where all attachments of the VPC's account were collected
 */
export function doubtOfAbsence(scope: Scope, vpcId: string | undefined, id: string): Missing | undefined {
  const list = listed(scope, VPC_ATTACHMENTS, 'TransitGatewayVpcAttachments')
  if (vpcId === undefined)
    return { missing: 'ec2:DescribeSubnets', because: `the VPC from which packets enter ${id} is not told` }
  if (!list.known || scope.coverage !== 'region')
    return notListed(scope, VPC_ATTACHMENTS, `an attachment of ${vpcId} to ${id}`)
  if (list.value.every((one) => one.VpcId !== undefined && one.TransitGatewayId !== undefined))
    return undefined
  return { missing: VPC_ATTACHMENTS, because: 'an attachment came without its VPC or transit gateway' }
}

const ASSOCIATIONS = 'ec2:GetTransitGatewayRouteTableAssociations'
const SEARCH = 'ec2:SearchTransitGatewayRoutes'

/** What the tables say of their associations; where they were not asked, what the attachments say. */
function associations(scopes: readonly Scope[], attachments: ReadonlyMap<string, TransitAttachment>) {
  const told = toldByTables(scopes)
  return (transitGatewayId: string, attachmentId: string): Association => {
    const key = `${transitGatewayId} ${attachmentId}` as const
    const own = attachments.get(key)?.Association ?? {}
    const table = told.byAttachment.get(key) ?? (told.complete.has(transitGatewayId) ? null : undefined)
    if (table !== undefined && !contradicts(own, table)) return { table }
    const { TransitGatewayRouteTableId: id, State } = own
    if (table !== undefined) {
      const because = `its tables and ${attachmentId} itself tell different associations`
      return { missing: { missing: ASSOCIATIONS, because } }
    }
    if (id !== undefined && State === 'associated') return { table: id }
    const because = `which route table ${attachmentId} is associated with is not told`
    return { missing: { missing: ASSOCIATIONS, because } }
  }
}

type OwnWord = NonNullable<TransitAttachment['Association']>

/** An attachment whose association is not told, as to who does not own the gateway, contradicts nothing. */
const contradicts = ({ State, TransitGatewayRouteTableId: id }: OwnWord, table: string | null): boolean =>
  table !== null && ((State !== undefined && State !== 'associated') || (id !== undefined && id !== table))

function toldByTables(scopes: readonly Scope[]) {
  const told = scopes.flatMap(tablesWithAssociations)
  const incomplete = new Set(told.filter(({ complete }) => !complete).map(({ gateway }) => gateway))
  // The table that does not say whose it is may be anybody's.
  const gateways = told.map(({ gateway }) => gateway)
  return {
    complete: new Set(incomplete.has(undefined) ? [] : gateways.filter((one) => !incomplete.has(one))),
    byAttachment: new Map(
      told.flatMap(({ gateway, table, attached }) =>
        attached.map((attachment) => [`${gateway} ${attachment}`, table] as const),
      ),
    ),
  }
}

function tablesWithAssociations(scope: Scope) {
  const list = listed(scope, 'ec2:DescribeTransitGatewayRouteTables', 'TransitGatewayRouteTables')
  return (list.known ? list.value : []).map((one) => {
    const { TransitGatewayId: gateway, TransitGatewayRouteTableId: table } = one
    const found = scope.responses[ASSOCIATIONS]?.[table]?.Associations
    const complete =
      gateway !== undefined &&
      scope.coverage === 'region' &&
      found?.every((item) => item.TransitGatewayAttachmentId && item.State)
    const attached = (found ?? []).flatMap((item) =>
      item.State === 'associated' ? (item.TransitGatewayAttachmentId ?? []) : [],
    )
    return { gateway, table, complete, attached }
  })
}

/** Compiled when first asked for. */
function tables(scopes: readonly Scope[]) {
  const made = new Map<string, CompiledTransitTable | Missing>()
  return (id: string): CompiledTransitTable | Missing => {
    const found = made.get(id) ?? compileFirst(scopes, id)
    made.set(id, found)
    return found
  }
}

/** Only the owner of a transit gateway can search its routes. */
function compileFirst(scopes: readonly Scope[], id: string): CompiledTransitTable | Missing {
  const results = scopes.map((scope) => compileTransitTable(scope, id))
  return (
    results.find((result) => !('missing' in result)) ??
    results.find((result) => 'missing' in result) ?? {
      missing: SEARCH,
      because: `the routes of ${id} were not collected`,
    }
  )
}
