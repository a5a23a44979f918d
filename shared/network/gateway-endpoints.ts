/** Gateway endpoints: https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html */
import { listed } from '../snapshot/known.ts'
import type { RouteTable } from '../snapshot/types.ts'
import type { Network } from './network.ts'
import { prefixListsOf } from './prefix-lists.ts'
import { compileRouteTable } from './route-tables.ts'

const made = new WeakMap<Network, Map<string, Network>>()

/**
 * The network without its routes to gateway endpoints. They lead to S3's and DynamoDB's own addresses, which
 * nobody means by "the internet".
 * @param kept short name of a service whose own endpoints stay
 */
export function withoutGatewayEndpoints(network: Network, kept = ''): Network {
  const variants = made.get(network) ?? new Map<string, Network>()
  made.set(network, variants)
  const found = variants.get(kept) ?? withoutRoutesTo(network, gatewayEndpoints(network, kept))
  variants.set(kept, found)
  return found
}

const isOf = (serviceName: string | undefined, service: string): boolean =>
  service !== '' && serviceName?.endsWith(`.${service}`) === true

const gatewayEndpoints = ({ snapshot }: Network, kept: string): ReadonlySet<string> =>
  new Set(
    snapshot.scopes.flatMap((scope) => {
      const list = listed(scope, 'ec2:DescribeVpcEndpoints', 'VpcEndpoints')
      return (list.known ? list.value : []).flatMap(({ VpcEndpointId, VpcEndpointType, ServiceName }) =>
        VpcEndpointType === 'Gateway' && !isOf(ServiceName, kept) ? [VpcEndpointId] : [],
      )
    }),
  )

function withoutRoutesTo(network: Network, endpoints: ReadonlySet<string>): Network {
  if (endpoints.size === 0) return network
  const leads = ({ GatewayId }: NonNullable<RouteTable['Routes']>[number]) => endpoints.has(GatewayId ?? '')
  const routeTables = [...network.routeTables]
  for (const scope of network.snapshot.scopes) {
    const tables = listed(scope, 'ec2:DescribeRouteTables', 'RouteTables')
    for (const table of tables.known ? tables.value : []) {
      const index = network.routeTableIndex.get(table.RouteTableId)
      if (index === undefined || !table.Routes?.some(leads)) continue
      const Routes = table.Routes.filter((route) => !leads(route))
      routeTables[index] = compileRouteTable({ ...table, Routes }, prefixListsOf(scope))
    }
  }
  return { ...network, routeTables }
}
