/** Virtual private gateways. https://docs.aws.amazon.com/vpn/latest/s2svpn/how_it_works.html */
import { known, listed } from '../snapshot/known.ts'
import type { UnkeyedResponse } from '../snapshot/operations.ts'
import type { Known, Scope } from '../snapshot/types.ts'
import { notCollected } from './peerings.ts'

const OPERATION = 'ec2:DescribeVpnGateways'

type VpnGateway = NonNullable<UnkeyedResponse<typeof OPERATION>['VpnGateways']>[number]

export function vpnGateway(scope: Scope, id: string): Known<VpnGateway> {
  const list = listed(scope, OPERATION, 'VpnGateways')
  const gateway = list.known ? list.value.find(({ VpnGatewayId }) => VpnGatewayId === id) : undefined
  return gateway ? known(gateway) : { known: false, missing: notCollected(scope, OPERATION, id) }
}
