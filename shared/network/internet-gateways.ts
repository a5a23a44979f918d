/** Internet gateways: at most one is attached to a VPC. https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html */
import { known, listed, unknown } from '../snapshot/known.ts'
import type { Known } from '../snapshot/types.ts'
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
    if (attachment?.State === 'available' || attachment?.State === 'attached') return known(InternetGatewayId)
  }
  return scope.coverage === 'region'
    ? known(undefined)
    : unknown(OPERATION, `the gateway of ${vpcId} was not collected`)
}
