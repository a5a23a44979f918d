/**
 * Some targets answer and some of the same kind do not, or no longer: as under more load than they bear. Load is not
 * configuration, so that this is never proven.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/capacity-availability.html
 */
import type { Evidence } from '../../findings/finding.ts'
import { groupComponent, groupName, settingEvidence } from '../checks/evidence.ts'
import { applicationFix, settingsFix } from '../checks/settings-fix.ts'
import { pathIsOpen, stopsFor } from '../ecs/checked-by.ts'
import { type Stop, stopOf } from '../ecs/stops.ts'
import type { Fix } from '../fix.ts'
import type { GroupFacts, Incident } from '../incident.ts'
import { absent, type CauseRule, notKnown } from '../judgement.ts'
import { missingOnPaths } from '../path/breaches.ts'
import { healthEvidence } from '../path/evidence.ts'

export const appOverloadTimeout: CauseRule = {
  code: 'app.overload-timeout',
  judge(incident, suspects) {
    const { group } = incident
    const silent = suspects.filter(({ reason }) => reason === 'Target.Timeout')
    if (!group?.targets.known || silent.length === 0) return []
    const healthy = group.targets.value.filter(({ state }) => state === 'healthy')
    if (healthy.length === 0) return absent('no target answers at all: load would leave some that do')
    const missing = missingOnPaths(silent)
    if (missing.length > 0) return missing.slice(0, 1).flatMap(notKnown)
    if (!silent.every(pathIsOpen)) return absent('the path to targets that do not answer is not open')
    const stops = droppedLate(incident, group)
    return [
      {
        kind: 'present',
        confidence: stops.length >= 2 ? 'likely' : 'possible',
        title: `${silent.length} of ${group.targets.value.length} targets of ${groupName(group.targetGroup)} do not answer in time while others do${stops.length >= 2 ? `, and ${stops.length} that had answered were stopped for it` : ''}: the application may be too busy`,
        component: groupComponent(group.targetGroup),
        evidence: [
          ...silent.slice(0, 2).map(healthEvidence),
          ...healthy.slice(0, 1).map(healthEvidence),
          ...stops.slice(0, 3).map(stopEvidence),
          settingEvidence(
            group.targetGroup,
            'HealthCheckTimeoutSeconds',
            'more than the slowest answer takes',
          ),
        ],
        targets: silent,
        partial: true,
        fixes: fixesFor(group),
      },
    ]
  },
}

/** Who lived for so long had passed its checks. */
const LONG_SECONDS = 300

/** Tasks that ECS stopped for failed checks of this group, although they had long been up. */
function droppedLate({ services }: Incident, { targetGroup }: GroupFacts): readonly Stop[] {
  const stopped = (services.known ? services.value : []).flatMap(({ stoppedTasks }) =>
    stoppedTasks.known ? stoppedTasks.value.map(stopOf) : [],
  )
  const byChecks = stopped.filter(({ kind }) => kind === 'target-health')
  return stopsFor(byChecks, targetGroup).filter(({ livedSeconds = 0 }) => livedSeconds >= LONG_SECONDS)
}

const stopEvidence = ({ task, reason, livedSeconds }: Stop): Evidence => ({
  operation: 'ecs:DescribeTasks',
  resource: task.taskArn,
  field: 'stoppedReason',
  observed: { stoppedReason: reason, livedSeconds },
  expected: 'no task stops',
})

const PATIENT_SECONDS = 10

function fixesFor({ targetGroup }: GroupFacts): readonly Fix[] {
  const { HealthCheckTimeoutSeconds: timeout = PATIENT_SECONDS, HealthCheckIntervalSeconds: interval = 0 } =
    targetGroup
  const more = applicationFix(
    'More tasks by a scaling policy, or more CPU for each: look at CPU and response times',
  )
  if (timeout >= PATIENT_SECONDS) return [more]
  const settings = {
    HealthCheckTimeoutSeconds: PATIENT_SECONDS,
    ...(interval <= PATIENT_SECONDS && { HealthCheckIntervalSeconds: 2 * PATIENT_SECONDS }),
  }
  return [
    more,
    settingsFix(`Until then, wait ${PATIENT_SECONDS} s for an answer`, targetGroup, settings, false),
  ]
}
