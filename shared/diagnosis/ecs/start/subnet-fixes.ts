/** Other subnets of the VPC, with the same way out, in place of those that are full. */
import type { Subnet } from '../../../network/subnets.ts'
import type { Fix } from '../../fix.ts'
import { isService } from '../words.ts'
import type { StartFacts } from './facts.ts'
import { listText } from './words.ts'

export function spareSubnetFixes({ tasks, places }: StartFacts, full: readonly string[]): readonly Fix[] {
  const { service, incident } = tasks
  if (!isService(service) || !places.task.known) return []
  const configured = places.task.value.map(({ subnet }) => subnet)
  const kept = configured.filter(({ id }) => !full.includes(id))
  const [like] = configured
  const spare = [...incident.network.subnets.values()].filter(
    (subnet) => like && isLike(subnet, like) && !configured.includes(subnet) && hasRoom(subnet),
  )
  const subnets = [...kept, ...spare].map(({ id }) => id)
  if (spare.length === 0) return []
  const { clusterArn = '', serviceName = '' } = service
  return [
    {
      title: `Run the tasks of ${serviceName} in ${listText(subnets)}`,
      patches: [{ kind: 'service', clusterArn, serviceName, settings: { subnets } }],
      verifiable: true,
    },
  ]
}

const isLike = (subnet: Subnet, like: Subnet): boolean =>
  subnet.vpcId === like.vpcId && subnet.routeTable === like.routeTable && subnet.acl === like.acl

/** A handful is soon gone again. */
const ROOM = 16

function hasRoom({ id, scope }: Subnet): boolean {
  const found = scope.responses['ec2:DescribeSubnets']?.Subnets?.find(({ SubnetId }) => SubnetId === id)
  return (found?.AvailableIpAddressCount ?? 0) >= ROOM
}
