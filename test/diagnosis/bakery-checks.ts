/** The bakery whose web targets answer the check with codes that are not accepted, or refuse it. */
import * as aws from '../fixtures/index.ts'
import { bakeryShop } from '../fixtures/themes/bakery-shop.ts'
import { diagnosed } from './diagnosed.ts'

type Options = Parameters<typeof bakeryShop>[0]

/** Every target answers with these codes. */
export function answering(codes: readonly number[], options: Options = {}) {
  const shop = bakeryShop(options)
  aws.setHealth(shop.world, shop.targetGroup, aws.wrongCode(...codes))
  return shop
}

/** Connections are refused or broken off. */
export function refusing(options: Options = {}) {
  const shop = bakeryShop(options)
  aws.setHealth(shop.world, shop.targetGroup, aws.health.failed)
  return shop
}

export const diagnosisOf = ({ world, targetGroup }: { world: aws.World; targetGroup: string }) =>
  diagnosed(world, targetGroup)

/** As if AWS had not told a field of the target group. */
export const withoutSetting = (
  { world }: { world: aws.World },
  field: 'HealthCheckProtocol' | 'HealthCheckPort' | 'TargetType' | 'UnhealthyThresholdCount',
): aws.SnapshotJson =>
  aws.patched(aws.jsonOf(world), ({ responses }) => {
    const { TargetGroups = [] } = responses['elasticloadbalancing:DescribeTargetGroups'] as {
      TargetGroups?: Record<string, unknown>[]
    }
    for (const group of TargetGroups) delete group[field]
  })

/** As if DescribeTargetHealth had left out a field of every target. */
export const withoutHealthField = (
  of: aws.World | aws.SnapshotJson,
  field: 'HealthCheckPort' | 'Description',
): aws.SnapshotJson =>
  aws.patched('scopes' in of ? of : aws.jsonOf(of), ({ responses }) => {
    const groups = responses['elasticloadbalancing:DescribeTargetHealth'] as Record<
      string,
      { TargetHealthDescriptions: { HealthCheckPort?: string; TargetHealth?: { Description?: string } }[] }
    >
    for (const { TargetHealthDescriptions } of Object.values(groups)) {
      for (const target of TargetHealthDescriptions) {
        if (field === 'Description') delete target.TargetHealth?.Description
        else delete target.HealthCheckPort
      }
    }
  })

export { bakeryShop }
