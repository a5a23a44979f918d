import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import type { Selection } from '../../selection.ts'
import { placeOf } from '../references.ts'
import type { Snapshot } from '../types.ts'
import type { Clients } from './clients.ts'
import { collectEnds } from './selection/interfaces.ts'
import { involvedIn, vpcsOfGroups } from './selection/involved.ts'
import { collectLoadBalancing } from './selection/load-balancing.ts'
import { collectNetwork, collectRouteTables } from './selection/network.ts'
import { collectOutside } from './selection/outside.ts'
import { collectServices, groupsOfServices } from './selection/services.ts'
import { collectSubjects } from './selection/subjects.ts'
import { collectTaskStart } from './selection/task-start.ts'
import { tasksAreInTrouble } from './selection/trouble.ts'
import { type CollectOptions, type Session, startSession } from './session.ts'

/**
 * Only what the subjects can touch, however large their Region. The health-check paths of a target group take about 20
 * calls, and some more where they leave the load balancer's VPC. What a task needs to start (roles, images, secrets, endpoints, ...: some 30 calls more) is asked for when a
 * service or task is the subject, or when those behind the groups are in trouble.
 * @param subjects target groups by ARN: see `resolveTargetGroupArns`
 * @throws what AWS answers when it does not tell of the target groups, when a service or task is not there, and when
 * nobody may ask at all
 */
export async function collectForSelection(
  clients: Clients,
  subjects: Selection,
  options: CollectOptions = {},
): Promise<Snapshot> {
  const session = startSession(clients, options)
  const ofEcs = subjects.services.length + subjects.tasks.length > 0
  const account = ofEcs ? await callerAccount(session) : accountIn(subjects.targetGroups)
  await collectSubjects(session, subjects)
  const groups = [...new Set([...subjects.targetGroups, ...groupsOfServices(session)])]
  await collectLoadBalancing(session, groups)
  const refused = session.errors['elasticloadbalancing:DescribeTargetGroups']
  if (refused && subjects.targetGroups.length > 0)
    throw Object.assign(new Error(refused.message), { name: refused.name })

  const near = vpcsOfGroups(session)
  const [ends] = await Promise.all([collectEnds(session, [...near]), collectRouteTables(session, [...near])])
  const { ends: allEnds, passed } = await collectOutside(session, ends, near)
  await collectServices(session, groups, allEnds.interfaces)
  if (ofEcs || tasksAreInTrouble(session)) await collectTaskStart(session, passed)
  await collectNetwork(session, involvedIn(session, passed))
  return session.finish(account, 'selection')
}

const callerAccount = async ({ clients }: Session): Promise<string> =>
  (await clients.sts.send(new GetCallerIdentityCommand({}))).Account ?? ''

/** Nobody else's target groups can be described: the account is the one in the ARNs. */
const accountIn = ([arn = '']: readonly string[]): string => placeOf(arn).accountId
