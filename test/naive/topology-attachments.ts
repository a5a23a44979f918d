import { ids, regionOf, wrap, zoneOf } from './topology-ids.ts'
import type { AttachmentPlan, NetworkPlan } from './topology-plan.ts'

export interface Attached {
  readonly plan: AttachmentPlan
  readonly vpc: number
  readonly subnetIds: readonly string[]
}

export function attachedTo(plan: NetworkPlan, vpc: number): Attached | undefined {
  const attachment = plan.transit?.attachments[vpc]
  const subnets = plan.vpcs[vpc]?.subnets
  if (!attachment || !subnets || attachment.state === 'none' || regionOf(plan, vpc) !== regionOf(plan, 0)) {
    return undefined
  }
  const positions = attachment.subnets.map((index) => wrap(subnets, index)[1])
  const zone = (position: number) => zoneOf(subnets, position)
  const chosen = positions.filter(
    (position, index) => positions.findIndex((other) => zone(other) === zone(position)) === index,
  )
  return { plan: attachment, vpc, subnetIds: chosen.map((position) => ids.subnet(vpc, position)) }
}
