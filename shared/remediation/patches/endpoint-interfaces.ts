/** The interfaces of an endpoint that is to be made: one in each of its subnets. */
import type { NetworkInterface, Scope } from '../../snapshot/types.ts'
import { changeListed } from './change.ts'
import { freeAddress } from './free-address.ts'

export const interfaceId = (endpointId: string, subnetId: string): string => `eni-${endpointId}-${subnetId}`

interface Place {
  readonly subnetIds: readonly string[]
  readonly groupIds: readonly string[]
}

/** @returns undefined where a subnet is not known, or has no free address */
export function withInterfaces(
  scope: Scope,
  { subnetIds, groupIds }: Place,
  endpointId: string,
  vpcId: string | undefined,
): Scope | undefined {
  const interfaces = subnetIds.flatMap((SubnetId): readonly NetworkInterface[] => {
    const address = freeAddress(scope, SubnetId)
    if (address === undefined) return []
    return [
      {
        NetworkInterfaceId: interfaceId(endpointId, SubnetId),
        Description: `VPC Endpoint Interface ${endpointId}`,
        SubnetId,
        VpcId: vpcId,
        PrivateIpAddress: address,
        InterfaceType: 'vpc_endpoint',
        Groups: groupIds.map((GroupId) => ({ GroupId })),
      },
    ]
  })
  if (interfaces.length < subnetIds.length) return undefined
  return changeListed(scope, 'ec2:DescribeNetworkInterfaces', 'NetworkInterfaces', (all) => [
    ...all,
    ...interfaces,
  ])
}
