import { ids, wrap } from './topology-ids.ts'
import type { VpcPlan } from './topology-plan.ts'

export const gatewaysOf = (vpc: VpcPlan, index: number, region: string) => ({
  internet: vpc.internetGateway
    ? [{ InternetGatewayId: ids.internetGateway(index), Attachments: attachedTo(index, 'available') }]
    : [],
  egressOnly: vpc.egressOnly
    ? [{ EgressOnlyInternetGatewayId: ids.egressOnly(index), Attachments: attachedTo(index, 'attached') }]
    : [],
  endpoints: vpc.endpoint
    ? [
        {
          VpcEndpointId: ids.endpoint(index),
          VpcEndpointType: 'Gateway',
          VpcId: ids.vpc(index),
          ServiceName: `com.amazonaws.${region}.s3`,
          State: vpc.endpoint.state,
          RouteTableIds: [...endpointTables(vpc)].map((table) => ids.routeTable(index, table)),
        },
      ]
    : [],
  nat: natsOf(vpc, index),
})

const attachedTo = (index: number, State: string) => [{ State, VpcId: ids.vpc(index) }]

/** The positions of the route tables that lead to the VPC's gateway endpoint. */
export const endpointTables = ({ endpoint, routeTables }: VpcPlan): ReadonlySet<number> =>
  new Set((endpoint?.tables ?? []).map((table) => wrap(routeTables, table)[1]))

function natsOf(vpc: VpcPlan, index: number) {
  if (!vpc.nat) return []
  const subnet = wrap(vpc.subnets, vpc.nat.subnet)[1]
  const address = {
    PrivateIp: ids.address(vpc, index, subnet, 200),
    NetworkInterfaceId: ids.networkInterface(index, subnet, 15),
    ...(vpc.nat.connectivity === 'public' ? { PublicIp: `198.51.100.${index + 1}` } : {}),
  }
  return [
    {
      NatGatewayId: ids.natGateway(index),
      VpcId: ids.vpc(index),
      SubnetId: ids.subnet(index, subnet),
      State: vpc.nat.state,
      ConnectivityType: vpc.nat.connectivity,
      NatGatewayAddresses: [address],
    },
  ]
}
