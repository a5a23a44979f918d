/** Routes of gateway endpoints: to AWS's own list of a service's addresses. */
import type { Route, Scope } from '../../snapshot/types.ts'

export const gatewayRoute = (list: string, endpointId: string): Route => ({
  DestinationPrefixListId: list,
  GatewayId: endpointId,
  Origin: 'CreateRoute',
  State: 'active',
})

/** The list of an endpoint's service, by its name. */
export function serviceList({ responses }: Scope, endpointId: string): string | undefined {
  const endpoint = responses['ec2:DescribeVpcEndpoints']?.VpcEndpoints?.find(
    ({ VpcEndpointId }) => VpcEndpointId === endpointId,
  )
  return responses['ec2:DescribeManagedPrefixLists']?.PrefixLists?.find(
    ({ PrefixListName }) => PrefixListName !== undefined && PrefixListName === endpoint?.ServiceName,
  )?.PrefixListId
}
