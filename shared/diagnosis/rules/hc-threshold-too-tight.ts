/**
 * Few checks at short intervals take a task out for a hiccup. A sign only: tasks that live for different times until
 * checks end them, where a start that is too slow ends them at the same offset (ecs.grace-period).
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/troubleshoot-service-load-balancers.html
 */

import type { TargetGroup } from '../../snapshot/types.ts'
import { groupComponent, groupName, settingEvidence } from '../checks/evidence.ts'
import { settingsFix } from '../checks/settings-fix.ts'
import { stopsFor } from '../ecs/checked-by.ts'
import { ranOutOfMemory } from '../ecs/containers.ts'
import { stopEvidence } from '../ecs/evidence.ts'
import { judgeServices, type ServiceTasks, targetsOfTasks } from '../ecs/services.ts'
import type { Stop } from '../ecs/stops.ts'
import { countOf, duration } from '../ecs/words.ts'
import type { TargetFacts } from '../incident.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'
import { isFailing } from '../reasons.ts'

/** AWS's defaults give up after 30 s x 2 = 60 s. */
const SHORT_SECONDS = 30
const MIN_KILLS = 2

export const hcThresholdTooTight: CauseRule = {
  code: 'hc.threshold-too-tight',
  judge(incident, targets) {
    const { targetGroup: group } = incident.group ?? {}
    // A code that is not accepted is wrong however often it is asked for.
    const answered = targets.filter(isFailing).some(({ reason }) => reason === 'Target.ResponseCodeMismatch')
    if (!group || answered) return []
    return judgeServices(incident, (tasks) => judgeService(group, tasks, targets))
  },
}

function judgeService(
  group: TargetGroup,
  { stops, service }: ServiceTasks,
  targets: readonly TargetFacts[],
): readonly Judgement[] {
  if (!service.loadBalancers?.length) return []
  const byChecks = stops.filter(({ kind, task }) => kind === 'target-health' && !ranOutOfMemory(task))
  const killed = stopsFor(byChecks, group)
  const seconds = secondsToKill(group)
  if (killed.length < MIN_KILLS)
    return absent('ECS did not stop several tasks for the load balancer’s checks')
  if (seconds === undefined) return notKnown(settingsMissing(group))
  if (seconds > SHORT_SECONDS)
    return absent(`${settingsText(group)} give a target ${seconds} s before it is unhealthy`)
  const lives = killed.flatMap(({ livedSeconds }) => livedSeconds ?? [])
  if (Math.max(...lives) - Math.min(...lives) <= seconds)
    return absent('the tasks that checks ended were all stopped at the same time after their start')
  return [present(group, seconds, killed, targets)]
}

const secondsToKill = (group: TargetGroup): number | undefined =>
  group.HealthCheckIntervalSeconds === undefined || group.UnhealthyThresholdCount === undefined
    ? undefined
    : group.HealthCheckIntervalSeconds * group.UnhealthyThresholdCount

const settingsText = ({ UnhealthyThresholdCount, HealthCheckIntervalSeconds }: TargetGroup): string =>
  `${UnhealthyThresholdCount} checks at ${HealthCheckIntervalSeconds} s`

const settingsMissing = (group: TargetGroup) => ({
  missing: 'elasticloadbalancing:DescribeTargetGroups',
  because: `interval or unhealthy threshold of ${groupName(group)} is not told`,
})

function present(
  group: TargetGroup,
  seconds: number,
  killed: readonly Stop[],
  targets: readonly TargetFacts[],
): Judgement {
  const lives = killed.flatMap(({ livedSeconds }) => livedSeconds ?? [])
  const span = `${duration(Math.min(...lives))} to ${duration(Math.max(...lives))}`
  const expected = `interval x threshold above the ${seconds} s that a hiccup of the application may take`
  return {
    kind: 'present',
    confidence: 'possible',
    title: `${groupName(group)} gives up after ${seconds} s (${settingsText(group)}), and ECS stopped ${countOf(killed.length)} for it, ${span} after their start`,
    component: groupComponent(group),
    evidence: [
      settingEvidence(group, 'HealthCheckIntervalSeconds', expected),
      settingEvidence(group, 'UnhealthyThresholdCount', expected),
      ...stopEvidence(killed, 'the task keeps running'),
    ],
    targets: targetsOfTasks(
      targets,
      killed.map(({ task }) => task),
    ),
    fixes: [
      settingsFix(
        'Give up after 15 s x 3 = 45 s; a target that is really broken is then found later',
        group,
        { HealthCheckIntervalSeconds: 15, UnhealthyThresholdCount: 3 },
        true,
      ),
    ],
  }
}
