import type { Snapshot } from '../types.ts'
import type { Clients } from './clients.ts'
import { collectEnds } from './selection/interfaces.ts'
import { collectLoadBalancing } from './selection/load-balancing.ts'
import { collectNetwork, collectRouteTables, involvedIn, vpcsOfGroups } from './selection/network.ts'
import { collectOutside } from './selection/outside.ts'
import { collectServices } from './selection/services.ts'
import { type CollectOptions, startSession } from './session.ts'

/**
 * Only what the health-check paths of these groups can touch: about 20 calls for one group, however large its Region,
 * and some more where a path leaves the load balancer's VPC.
 * The account is the one in the ARNs: nobody else's target groups can be described.
 * @throws what ELBv2 answers when it does not tell of the groups: without them there is nothing to follow
 */
export async function collectForTargetGroups(
  clients: Clients,
  targetGroupArns: readonly string[],
  options: CollectOptions = {},
): Promise<Snapshot> {
  const session = startSession(clients, options)
  await collectLoadBalancing(session, targetGroupArns)
  const refused = session.errors['elasticloadbalancing:DescribeTargetGroups']
  if (refused) throw Object.assign(new Error(refused.message), { name: refused.name })

  const near = vpcsOfGroups(session)
  const [ends] = await Promise.all([collectEnds(session, [...near]), collectRouteTables(session, [...near])])
  const outside = await collectOutside(session, ends, near)
  await collectServices(session, targetGroupArns, outside.ends.interfaces)
  await collectNetwork(session, involvedIn(session, outside.passed))
  return session.finish(targetGroupArns[0]?.split(':')[4] ?? '', 'selection')
}
