/** Internet gateways: at most one is attached to a VPC. https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html */
import { known, listed, unknown } from '../snapshot/known.ts'
import type { Known, Scope } from '../snapshot/types.ts'
import type { Interface } from './interfaces.ts'

const OPERATION = 'ec2:DescribeInternetGateways'

/** The VPC's gateway; `undefined` where it certainly has none. EC2 calls an attachment "available" or "attached". */
export function internetGatewayOf({
  scope,
  vpcId,
}: Pick<Interface, 'scope' | 'vpcId'>): Known<string | undefined> {
  const list = listed(scope, OPERATION, 'InternetGateways')
  if (!list.known) return list
  for (const { InternetGatewayId, Attachments } of list.value) {
    const attachment = Attachments?.find((item) => item.VpcId === undefined || item.VpcId === vpcId)
    if (!Attachments || (attachment && !(attachment.VpcId && attachment.State)))
      return unknown(OPERATION, `${InternetGatewayId} came without its attachments or their state`)
    if (isAttached(attachment?.State)) return known(InternetGatewayId)
  }
  return scope.coverage === 'region'
    ? known(undefined)
    : unknown(OPERATION, `the gateway of ${vpcId} was not collected`)
}

const isAttached = (state: string | undefined): boolean => state === 'available' || state === 'attached'

/** Whether the list says that a gateway is not attached to a VPC, whatever the state of the route to it. */
export function isInternetGatewayDetached(scope: Scope, id: string, vpcId: string | undefined): boolean {
  const list = listed(scope, OPERATION, 'InternetGateways')
  const gateways = list.known ? list.value : []
  return isElsewhere(gateways.find((one) => one.InternetGatewayId === id)?.Attachments, vpcId)
}

interface Attachment {
  readonly State?: string | undefined
  readonly VpcId?: string | undefined
}

/** Certain only where the attachments tell their VPCs. */
export function isElsewhere(
  attachments: readonly Attachment[] | undefined,
  vpcId: string | undefined,
): boolean {
  if (vpcId === undefined || !attachments || attachments.some((one) => one.VpcId === undefined)) return false
  const own = attachments.find((one) => one.VpcId === vpcId)
  return !own || (own.State !== undefined && !isAttached(own.State))
}
