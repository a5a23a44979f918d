/** Internet gateways: at most one is attached to a VPC. https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Internet_Gateway.html */
import { known, listed, unknown } from '../snapshot/known.ts'
import type { Known } from '../snapshot/types.ts'
import {
  attachmentIn,
  type GatewayAttachment,
  isAttached,
  ownerOf,
  type Place,
} from './gateway-attachments.ts'
import type { Network } from './network.ts'

const OPERATION = 'ec2:DescribeInternetGateways'

type Told = Pick<Network, 'snapshot' | 'vpcs'>

/** The VPC's gateway; `undefined` where it certainly has none. EC2 calls an attachment "available" or "attached". */
export function internetGatewayOf(network: Told, place: Place): Known<string | undefined> {
  const { vpcId } = place
  const { scope, seesAll } = ownerOf(network, place)
  const list = listed(scope, OPERATION, 'InternetGateways')
  if (!list.known) return list
  for (const { InternetGatewayId, Attachments } of list.value) {
    const attachment = Attachments?.find((item) => item.VpcId === undefined || item.VpcId === vpcId)
    if (!Attachments || (attachment && !(attachment.VpcId && attachment.State)))
      return unknown(OPERATION, `${InternetGatewayId} came without its attachments or their state`)
    if (isAttached(attachment?.State)) return known(InternetGatewayId)
  }
  return seesAll ? known(undefined) : unknown(OPERATION, `the gateway of ${vpcId} was not collected`)
}

/** What the list says of an internet gateway that a route leads to. */
export function internetGatewayAttachment(network: Told, id: string, place: Place): GatewayAttachment {
  const owner = ownerOf(network, place)
  const list = listed(owner.scope, OPERATION, 'InternetGateways')
  if (!list.known) return 'as-routed'
  const gateway = list.value.find(({ InternetGatewayId }) => InternetGatewayId === id)
  return attachmentIn(owner, OPERATION, id, gateway, place.vpcId)
}
