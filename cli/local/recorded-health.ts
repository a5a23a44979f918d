/** A recorded snapshot in the place of ELBv2, for the watcher. */
import type { TargetHealthSource } from '../../shared/events/watch.ts'
import type { Snapshot } from '../../shared/snapshot/types.ts'

export const recordedHealth = (snapshot: () => Snapshot): TargetHealthSource => ({
  groups: async () =>
    snapshot().scopes.flatMap(({ responses }) =>
      (responses['elasticloadbalancing:DescribeTargetGroups']?.TargetGroups ?? []).map((group) => ({
        targetGroupArn: group.TargetGroupArn,
        loadBalancerArns: group.LoadBalancerArns ?? [],
      })),
    ),

  targets: async (arn) =>
    snapshot().scopes.flatMap(({ responses }) =>
      (responses['elasticloadbalancing:DescribeTargetHealth']?.[arn]?.TargetHealthDescriptions ?? []).flatMap(
        ({ Target, TargetHealth }) =>
          TargetHealth?.State === undefined
            ? []
            : [
                {
                  targetId: Target.Id,
                  port: Target.Port,
                  state: TargetHealth.State,
                  reason: TargetHealth.Reason,
                  description: TargetHealth.Description,
                },
              ],
      ),
    ),
})
