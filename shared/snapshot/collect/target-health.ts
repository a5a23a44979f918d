/** The light question: which target groups are there, and how are their targets? One call per group. */
import {
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  type ElasticLoadBalancingV2ClientConfig,
  paginateDescribeTargetGroups,
  type TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type { TargetHealth } from '../../events/target-health-changes.ts'
import type { TargetHealthSource, WatchedGroup } from '../../events/watch.ts'

/** DescribeTargetGroups, "PageSize". */
const PAGE_SIZE = 400

/** Alone, without the other clients of `createClients`: the function that watches runs every minute. */
export const createElbClient = (config: ElasticLoadBalancingV2ClientConfig) =>
  new ElasticLoadBalancingV2Client({ ...config, retryMode: 'adaptive' })

export const targetHealthSource = (client: ElasticLoadBalancingV2Client): TargetHealthSource => ({
  async groups() {
    const groups: WatchedGroup[] = []
    for await (const { TargetGroups = [] } of paginateDescribeTargetGroups(
      { client, pageSize: PAGE_SIZE },
      {},
    ))
      for (const { TargetGroupArn, LoadBalancerArns = [] } of TargetGroups)
        if (TargetGroupArn)
          groups.push({ targetGroupArn: TargetGroupArn, loadBalancerArns: LoadBalancerArns })
    return groups
  },

  async targets(TargetGroupArn) {
    const { TargetHealthDescriptions = [] } = await client.send(
      new DescribeTargetHealthCommand({ TargetGroupArn }),
    )
    return TargetHealthDescriptions.flatMap(targetHealth)
  },
})

function targetHealth({ Target, TargetHealth: health }: TargetHealthDescription): readonly TargetHealth[] {
  if (!Target?.Id || !health?.State) return []
  return [
    {
      targetId: Target.Id,
      port: Target.Port,
      state: health.State,
      reason: health.Reason,
      description: health.Description,
    },
  ]
}
