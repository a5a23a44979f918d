/** What an audit was asked about and AWS did not list: it may be failing, and nobody can tell. */
import type { Subject } from '../../findings/finding.ts'
import type { Network } from '../../network/network.ts'
import { type Selection, selectsEverything } from '../../selection.ts'
import { keyedResponse, listed } from '../../snapshot/known.ts'
import type { Missing, Scope } from '../../snapshot/types.ts'
import { subjectOf, targetGroupsOf } from './incidents.ts'
import { allServicesTold, allTasks, findsService, servicesIn } from './services.ts'

export interface Gap {
  readonly subject: Subject
  readonly missing: Missing
}

export function gapsOf({ snapshot: { scopes } }: Network, selection: Selection): readonly Gap[] {
  if (selectsEverything(selection))
    return scopes.flatMap((scope) => [...groupGaps(scope), ...taskGaps(scope)])
  return [
    ...selection.targetGroups.flatMap((name) => groupGap(scopes, name) ?? []),
    ...selection.services.flatMap((name) => serviceGap(scopes, name) ?? []),
    ...selection.tasks.flatMap((arn) => taskGap(scopes, arn) ?? []),
  ]
}

/** Why a target group that is nowhere in the snapshot may still exist. */
export function groupGap(scopes: readonly Scope[], name: string): Gap | undefined {
  const named = (scope: Scope) => {
    const groups = targetGroupsOf(scope)
    const list = groups.known ? groups.value : []
    return list.some(({ TargetGroupArn, TargetGroupName }) =>
      [TargetGroupArn, TargetGroupName].includes(name),
    )
  }
  return gapIn(scopes, 'target-group', name, named, (scope) => missingOf(targetGroupsOf(scope)))
}

export const serviceGap = (scopes: readonly Scope[], name: string): Gap | undefined =>
  gapIn(scopes, 'ecs-service', name, findsService(name), (scope) => missingOf(allServicesTold(scope)))

export function taskGap(scopes: readonly Scope[], arn: string): Gap | undefined {
  const has = (scope: Scope) => allTasks(scope).some(({ taskArn }) => taskArn === arn)
  const cluster = arn.replace(/:task\/([^/]+)\/.*/, ':cluster/$1')
  return gapIn(scopes, 'ecs-task', arn, has, (scope) =>
    missingOf(keyedResponse(scope, 'ecs:DescribeTasks', cluster)),
  )
}

type Fact = { readonly known: true } | { readonly known: false; readonly missing: Missing }

const missingOf = (fact: Fact): Missing | undefined => (fact.known ? undefined : fact.missing)

function gapIn(
  scopes: readonly Scope[],
  kind: Subject['kind'],
  name: string,
  has: (scope: Scope) => boolean,
  missingIn: (scope: Scope) => Missing | undefined,
): Gap | undefined {
  if (scopes.some(has)) return undefined
  for (const scope of scopes.filter((candidate) => mayHold(candidate, name))) {
    const missing = missingIn(scope)
    if (missing) return { subject: subjectOf(scope, kind, name, name.split(':').at(-1) ?? name), missing }
  }
  return undefined
}

/** An ARN says which account and Region it belongs to, a name does not. */
function mayHold({ accountId, region }: Scope, name: string): boolean {
  const [arn, , , ownRegion, ownAccount] = name.split(':')
  return arn !== 'arn' || (ownRegion === region && ownAccount === accountId)
}

function groupGaps(scope: Scope): readonly Gap[] {
  const missing = missingOf(targetGroupsOf(scope))
  const arn = `arn:aws:elasticloadbalancing:${scope.region}:${scope.accountId}:targetgroup/*`
  return missing
    ? [{ subject: subjectOf(scope, 'target-group', arn, `the target groups of ${scope.region}`), missing }]
    : []
}

/** Services and tasks of clusters that AWS named. Whoever did not ask for ECS at all did not mean it. */
function taskGaps(scope: Scope): readonly Gap[] {
  const clusters = listed(scope, 'ecs:DescribeClusters', 'clusters')
  const subject = (name: string) =>
    subjectOf(
      scope,
      'ecs-service',
      `arn:aws:ecs:${scope.region}:${scope.accountId}:service/${name}/*`,
      `the services of ${name}`,
    )
  if (!clusters.known)
    return scope.errors['ecs:DescribeClusters']
      ? [{ subject: subject(scope.region), missing: clusters.missing }]
      : []
  return clusters.value.flatMap(({ clusterArn }) => {
    const services = servicesIn(scope, clusterArn)
    // A service whose tasks are not known says so itself.
    const tasks = keyedResponse(scope, 'ecs:DescribeTasks', clusterArn)
    const told = services.known && (tasks.known || services.value.length > 0)
    const missing = told ? undefined : (missingOf(services) ?? missingOf(tasks))
    return missing ? [{ subject: subject(clusterArn.split('/').at(-1) ?? clusterArn), missing }] : []
  })
}
