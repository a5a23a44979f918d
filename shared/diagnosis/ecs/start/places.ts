/**
 * From where tasks start: an interface that ECS makes in one of the configured subnets, with any of its addresses. That
 * of a stopped task is gone, so that only the configuration tells.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_AwsVpcConfiguration.html
 */
import type { GroupSet } from '../../../network/group-sets.ts'
import { NOT_TOLD } from '../../../network/group-sets.ts'
import { groupsIn } from '../../../network/in-vpc.ts'
import type { Interface } from '../../../network/interfaces.ts'
import type { Network } from '../../../network/network.ts'
import type { Subnet } from '../../../network/subnets.ts'
import type { Somewhere } from '../../../reachability/anywhere.ts'
import type { Inside } from '../../../reachability/layers.ts'
import { known, notListed, unknown } from '../../../snapshot/known.ts'
import type { Known, Scope, Task } from '../../../snapshot/types.ts'
import type { ServiceTasks } from '../services.ts'

export interface StartPlace {
  readonly subnet: Subnet
  /** Whether tasks get a public address there; undefined where it is not told. */
  readonly publicIp: boolean | undefined
  readonly groupIds: readonly string[]
  /** With and without a public address where it is not told. */
  readonly sources: readonly (Inside | Somewhere)[]
}

interface Configured {
  readonly subnets: readonly string[]
  readonly groups: GroupSet | undefined
  readonly publicIp: boolean | undefined
}

export function taskPlaces({
  incident,
  service,
  stops,
  running,
}: ServiceTasks): Known<readonly StartPlace[]> {
  const { network, scope } = incident
  const vpc = service.networkConfiguration?.awsvpcConfiguration
  const tasks = [...stops.map(({ task }) => task), ...running]
  const configured: Configured = vpc?.subnets
    ? {
        subnets: vpc.subnets,
        groups: vpc.securityGroups && setOf(network, vpc.securityGroups),
        publicIp: vpc.assignPublicIp === undefined ? undefined : vpc.assignPublicIp === 'ENABLED',
      }
    : { subnets: [...new Set(tasks.flatMap(subnetsOf))], groups: undefined, publicIp: undefined }
  if (configured.subnets.length === 0)
    return unknown('ecs:DescribeTasks', 'the subnets in which the tasks start are not told')
  const places: StartPlace[] = []
  for (const id of configured.subnets) {
    const subnet = network.subnets.get(id)
    if (!subnet) return { known: false, missing: notListed(scope, 'ec2:DescribeSubnets', id) }
    const place = placeIn(network, scope, subnet, configured)
    if (!place) return unknown('ec2:DescribeSubnets', `the IPv4 addresses of ${id} are not told`)
    places.push(place)
  }
  return known(places)
}

const subnetsOf = ({ attachments = [] }: Task): readonly string[] =>
  attachments
    .flatMap(({ details = [] }) => details)
    .flatMap(({ name, value }) => (name === 'subnetId' && value ? [value] : []))

const setOf = (network: Network, ids: readonly string[]): GroupSet => ({
  ids: [...ids].sort(),
  indexes: [...ids].sort().map((id) => network.groupIndex.get(id) ?? -1),
  known: true,
  place: -1,
})

/** The first four addresses of a subnet are AWS's own. */
const RESERVED = 4

function placeIn(
  network: Network,
  scope: Scope,
  subnet: Subnet,
  { groups, publicIp }: Configured,
): StartPlace | undefined {
  const first = subnet.cidr?.range.from
  if (typeof first !== 'number') return undefined
  const own = groups?.ids.length === 0 ? defaultGroup(network, subnet.vpcId) : (groups ?? NOT_TOLD)
  const made = (shown: boolean) => somewhere(scope, subnet, own, first + RESERVED, shown)
  return {
    subnet,
    publicIp,
    groupIds: own.ids,
    sources: publicIp === undefined ? [made(true), made(false)] : [made(publicIp)],
  }
}

/** Without groups ECS takes the VPC's default one. */
function defaultGroup(network: Network, vpcId: string | undefined): GroupSet {
  const found = groupsIn(network, vpcId).find(({ name }) => name === 'default')
  return found ? setOf(network, [found.id]) : NOT_TOLD
}

function somewhere(
  scope: Scope,
  subnet: Subnet,
  groups: GroupSet,
  address: number,
  publicIp: boolean,
): Somewhere {
  const id = `a task in ${subnet.id}`
  const nic: Interface = {
    subnet,
    set: -1,
    scope,
    vpcId: subnet.vpcId,
    groups,
    id,
    subnetId: subnet.id,
    addresses: [address],
    source: {
      NetworkInterfaceId: id,
      SubnetId: subnet.id,
      ...(publicIp && { Association: { PublicIp: 'a public address' } }),
    },
  }
  return { nic, address, somewhere: true }
}
