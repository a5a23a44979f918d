/**
 * The ways to EFS file systems. The name of a file system means the mount target in the client's own zone.
 * https://docs.aws.amazon.com/efs/latest/ug/mounting-fs-mount-cmd-dns-name.html
 */
import { TCP } from '../../../network/protocol.ts'
import { type Subnet, sameZone } from '../../../network/subnets.ts'
import { explainAnywhere } from '../../../reachability/anywhere.ts'
import { toPort } from '../../../reachability/flow.ts'
import type { Explanation } from '../../../reachability/result.ts'
import { known, listed, notListed } from '../../../snapshot/known.ts'
import type { Known, Missing } from '../../../snapshot/types.ts'
import type { PathNeed } from '../needs/need.ts'
import type { StartFacts } from './facts.ts'
import type { StartPlace } from './places.ts'

export interface Mount {
  readonly need: PathNeed
  readonly fileSystemId: string
  readonly place: StartPlace
  readonly mountTargetId: string | undefined
  /** Absent where no mount target is in the zone. */
  readonly explanation: Explanation | undefined
}

const TARGETS = 'efs:DescribeMountTargets'

/** One for each file system and each place in which tasks start. */
export function mountsOf(facts: StartFacts): readonly Known<Mount>[] {
  const needs = facts.needs.known ? facts.needs.value.paths : []
  return needs.flatMap((need) => {
    if (need.to.kind !== 'file-system') return []
    const places = facts.places[need.from]
    if (!places.known) return [places]
    const { fileSystemId } = need.to
    return places.value.map((place) => mountFrom(facts, { need, fileSystemId, place }))
  })
}

function mountFrom(
  { tasks: { incident } }: StartFacts,
  asked: Pick<Mount, 'need' | 'fileSystemId' | 'place'>,
): Known<Mount> {
  const { network, scope } = incident
  const { need, fileSystemId, place } = asked
  const list = listed(scope, TARGETS, 'MountTargets')
  if (!list.known) return list
  const own = list.value.filter((one) => one.FileSystemId === fileSystemId)
  if (own.length === 0) return untold(notListed(scope, TARGETS, `a mount target of ${fileSystemId}`))
  const zones = own.map((one) => ({
    one,
    here: inZone(place.subnet, network.subnets.get(one.SubnetId ?? '')),
  }))
  const near = zones.find(({ here }) => here === true)?.one
  if (!near) {
    const unclear = zones.find(({ here }) => here === undefined)?.one
    if (unclear) return untold(notListed(scope, 'ec2:DescribeSubnets', unclear.SubnetId ?? 'a subnet'))
    return known({ ...asked, mountTargetId: undefined, explanation: undefined })
  }
  const nic = network.interfaceById.get(near.NetworkInterfaceId ?? '')
  const address = nic?.addresses.find((item) => typeof item === 'number')
  const [source] = place.sources
  if (!nic || address === undefined || !source)
    return untold(
      notListed(scope, 'ec2:DescribeNetworkInterfaces', near.NetworkInterfaceId ?? near.MountTargetId),
    )
  const explanation = explainAnywhere(network, source, { nic, address }, toPort(TCP, need.port))
  return known({ ...asked, mountTargetId: near.MountTargetId, explanation })
}

const untold = (missing: Missing): Known<never> => ({ known: false, missing })

const inZone = (subnet: Subnet, other: Subnet | undefined): boolean | undefined =>
  other && sameZone(subnet, other)
