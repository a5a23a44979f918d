/** Container instances, whose agent fetches what tasks on EC2 need. */
import type { Interface } from '../../../network/interfaces.ts'
import { publicAddressOf } from '../../../network/interfaces.ts'
import { keyedResponse, known, unknown } from '../../../snapshot/known.ts'
import type { Known } from '../../../snapshot/types.ts'
import type { ServiceTasks } from '../services.ts'
import type { StartPlace } from './places.ts'

const INSTANCES = 'ecs:DescribeContainerInstances'

/** Those on which the service's tasks were placed. */
export function instancePlaces({
  incident,
  service,
  stops,
  running,
}: ServiceTasks): Known<readonly StartPlace[]> {
  const tasks = [...stops.map(({ task }) => task), ...running]
  const arns = [...new Set(tasks.flatMap(({ containerInstanceArn }) => containerInstanceArn ?? []))]
  if (arns.length === 0) return unknown(INSTANCES, 'on which instances the tasks start is not told')
  const found = keyedResponse(incident.scope, INSTANCES, service.clusterArn ?? '')
  if (!found.known) return found
  const places = arns.map((arn) => {
    const one = found.value.containerInstances?.find((item) => item.containerInstanceArn === arn)
    return one?.ec2InstanceId === undefined
      ? undefined
      : placeOf(incident.network.interfaces, one.ec2InstanceId)
  })
  const told = places.filter((place) => place !== undefined)
  return told.length === places.length
    ? known(told)
    : unknown('ec2:DescribeNetworkInterfaces', 'the interface of a container instance was not collected')
}

/** The primary interface. */
function placeOf(interfaces: readonly Interface[], instanceId: string): StartPlace | undefined {
  const nic = interfaces.find(
    ({ source: { Attachment } }) => Attachment?.InstanceId === instanceId && Attachment.DeviceIndex === 0,
  )
  const address = nic?.addresses[0]
  if (!nic?.subnet || address === undefined) return undefined
  const publicIp = publicAddressOf(nic, address) !== undefined
  return { subnet: nic.subnet, publicIp, groupIds: nic.groups.ids, sources: [{ nic, address }] }
}
