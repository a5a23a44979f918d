/**
 * The check asks a path that itself asks a database or another service, and fails with it. Configuration cannot prove
 * that; what the container's own check says beside it can make it likely.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
import { codesOf } from '../checks/answers.ts'
import { groupComponent, groupName, settingEvidence } from '../checks/evidence.ts'
import { applicationFix, settingsFix } from '../checks/settings-fix.ts'
import { pathIsOpen } from '../ecs/checked-by.ts'
import { otherPathAnswers } from '../ecs/own-answer.ts'
import type { Fix } from '../fix.ts'
import type { GroupFacts, Incident, TargetFacts } from '../incident.ts'
import type { CauseRule, Judgement } from '../judgement.ts'
import { healthEvidence } from '../path/evidence.ts'

export const appDeepHealthcheckDependency: CauseRule = {
  code: 'app.deep-healthcheck-dependency',
  judge(incident, suspects) {
    const { group } = incident
    if (!group?.targetGroup.HealthCheckPath) return []
    return [...ofErrors(group, suspects), ...ofSilence(incident, group, suspects)]
  },
}

const isServerError = (code: number): boolean => code >= 500 && code < 600

/** The application answers with an error: what it asked in turn may be to blame. */
function ofErrors(group: GroupFacts, suspects: readonly TargetFacts[]): readonly Judgement[] {
  const targets = suspects.filter((target) => codesOf(target).some(isServerError))
  if (targets.length === 0) return []
  const { targetGroup } = group
  const codes = [...new Set(targets.flatMap(codesOf))].filter(isServerError).join(', ')
  return [
    {
      kind: 'present',
      confidence: 'possible',
      title: `Health check path ${targetGroup.HealthCheckPath} of ${groupName(targetGroup)} answers ${codes}: something that it depends on may be failing`,
      component: groupComponent(targetGroup),
      evidence: [
        healthEvidence(targets[0] as TargetFacts),
        settingEvidence(targetGroup, 'HealthCheckPath', 'a path that asks nothing else'),
      ],
      targets,
      fixes: fixesFor(group),
    },
  ]
}

/** What paths are called that ask more than the process, and those that ask nothing but it. */
const DEEP = /ready|readiness|deep|full|status|depend|db|database/i
const SHALLOW = /live|alive|ping|up\b/i

/** One path of the server answers in time, the one that is checked does not: it is not the server that hangs. */
function ofSilence(
  incident: Incident,
  group: GroupFacts,
  suspects: readonly TargetFacts[],
): readonly Judgement[] {
  const silent = suspects.filter((target) => target.reason === 'Target.Timeout' && pathIsOpen(target))
  const answering = silent.flatMap((target) => {
    const other = otherPathAnswers(incident, group.targetGroup, target)
    return other ? [{ target, other }] : []
  })
  const [first] = answering
  if (!first) return []
  const { targetGroup } = group
  return [
    {
      kind: 'present',
      confidence:
        DEEP.test(targetGroup.HealthCheckPath ?? '') || SHALLOW.test(first.other.path)
          ? 'likely'
          : 'possible',
      title: `Health check path ${targetGroup.HealthCheckPath} of ${groupName(targetGroup)} does not answer in time, while ${first.other.path} of the same server does: it seems to wait for something else`,
      component: groupComponent(targetGroup),
      evidence: [
        healthEvidence(first.target),
        first.other.evidence,
        settingEvidence(targetGroup, 'HealthCheckPath', 'a path that asks nothing else'),
      ],
      targets: answering.map(({ target }) => target),
      fixes: fixesFor(group, first.other.path),
    },
  ]
}

function fixesFor({ targetGroup }: GroupFacts, path?: string): readonly Fix[] {
  const shallow =
    path === undefined
      ? []
      : [settingsFix(`Check ${path}, which answers`, targetGroup, { HealthCheckPath: path }, false)]
  return [
    ...shallow,
    applicationFix(
      'Let the checked path tell of the process alone, and watch what it depends on by an alarm of its own',
    ),
  ]
}
