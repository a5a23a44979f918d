import { paginateDescribeTargetGroups } from '@aws-sdk/client-elastic-load-balancing-v2'
import type { Clients } from './clients.ts'
import { all } from './fetch.ts'

/** Names become ARNs with one call; ARNs stay as they are. An unknown name is TargetGroupNotFound of ELBv2. */
export async function resolveTargetGroupArns(clients: Clients, given: readonly string[]): Promise<string[]> {
  const names = given.filter((one) => !one.startsWith('arn:'))
  const arns = given.filter((one) => one.startsWith('arn:'))
  if (names.length === 0) return arns
  const pages = await all(paginateDescribeTargetGroups({ client: clients.elb }, { Names: names }))
  const found = pages.flatMap((page) => page.TargetGroups ?? []).map((group) => group.TargetGroupArn)
  return [...new Set([...arns, ...found.filter((arn) => arn !== undefined)])]
}
