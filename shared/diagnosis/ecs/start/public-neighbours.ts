/** Whether anything else lives on the route to the internet gateway that a cure would take from a subnet. */
import { listed } from '../../../snapshot/known.ts'
import type { Incident } from '../../incident.ts'
import { defaultRoute } from './default-route.ts'

/** Load balancers, NAT gateways, tasks and instances with public addresses. What is not collected may be there. */
export function servesPublic(incident: Incident, routeTableId: string): boolean {
  const { GatewayId = '', State } = defaultRoute(incident, routeTableId) ?? {}
  if (!GatewayId.startsWith('igw-') || State === 'blackhole') return false
  const { network, scope } = incident
  const list = listed(scope, 'ec2:DescribeNetworkInterfaces', 'NetworkInterfaces')
  if (!list.known || scope.coverage !== 'region') return true
  return list.value.some(({ SubnetId = '', Association }) => {
    const subnet = network.subnets.get(SubnetId)
    const table = subnet && network.routeTables[subnet.routeTable]?.id
    return Association?.PublicIp !== undefined && (table === undefined || table === routeTableId)
  })
}
