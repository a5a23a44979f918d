/** What AWS says of the attachment of an internet gateway, or of an egress-only one, to a VPC. */
import { notListed } from '../snapshot/known.ts'
import type { UnkeyedOperation } from '../snapshot/operations.ts'
import type { Missing, Scope } from '../snapshot/types.ts'
import type { Interface } from './interfaces.ts'
import type { Network } from './network.ts'

export type Place = Pick<Interface, 'scope' | 'vpcId'>

/**
 * As the state of the route says, which is active only where the gateway is attached; or the list knows better:
 * detached, or the whole list does not hold what the route leads to, so that one of them is wrong.
 */
export type GatewayAttachment = 'as-routed' | 'detached' | Missing

interface Owner {
  readonly scope: Scope
  /** Only the owner of a VPC sees its gateways; who takes part in a shared one lists none. */
  readonly seesAll: boolean
}

export function ownerOf(
  { vpcs, snapshot }: Pick<Network, 'snapshot' | 'vpcs'>,
  { scope, vpcId }: Place,
): Owner {
  const owner = vpcs.get(vpcId ?? '')?.OwnerId
  const isOwners = (one: Scope) => one.accountId === owner && one.region === scope.region
  const found = isOwners(scope) ? scope : snapshot.scopes.find(isOwners)
  return { scope: found ?? scope, seesAll: found?.coverage === 'region' }
}

interface Attachment {
  readonly State?: string | undefined
  readonly VpcId?: string | undefined
}

interface Attachable {
  readonly Attachments?: readonly Attachment[] | undefined
}

export function attachmentIn(
  { scope, seesAll }: Owner,
  operation: UnkeyedOperation,
  id: string,
  gateway: Attachable | undefined,
  vpcId: string | undefined,
): GatewayAttachment {
  if (gateway) return isElsewhere(gateway.Attachments, vpcId) ? 'detached' : 'as-routed'
  return seesAll ? notListed(scope, operation, id) : 'as-routed'
}

export const isAttached = (state: string | undefined): boolean =>
  state === 'available' || state === 'attached'

/** Certain only where the attachments tell their VPCs. */
function isElsewhere(attachments: readonly Attachment[] | undefined, vpcId: string | undefined): boolean {
  if (vpcId === undefined || !attachments || attachments.some((one) => one.VpcId === undefined)) return false
  const own = attachments.find((one) => one.VpcId === vpcId)
  return !own || (own.State !== undefined && !isAttached(own.State))
}
