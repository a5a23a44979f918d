/**
 * Elastic Load Balancing reports an error of its own, while everything that can be configured is right.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html ("Elb.InternalError")
 */
import { groupComponent, groupName } from '../checks/evidence.ts'
import { applicationFix } from '../checks/settings-fix.ts'
import { pathIsOpen } from '../ecs/checked-by.ts'
import { absent, type CauseRule, notKnown } from '../judgement.ts'
import { missingOnPaths } from '../path/breaches.ts'
import { healthEvidence } from '../path/evidence.ts'

const INTERNAL = 'Elb.InternalError'

export const awsSide: CauseRule = {
  code: 'aws-side',
  judge({ group }, suspects) {
    if (!group) return []
    const failing = suspects.filter(({ reason }) => reason === INTERNAL)
    if (failing.length === 0) return []
    const missing = missingOnPaths(failing)
    if (missing.length > 0) return missing.slice(0, 1).flatMap(notKnown)
    if (!failing.every(pathIsOpen)) return absent('a path to the targets is closed, which is not AWS’s side')
    const { targetGroup } = group
    const all = failing.length === suspects.length && failing.length > 1
    return [
      {
        kind: 'present',
        confidence: all ? 'likely' : 'possible',
        title: `Elastic Load Balancing reports an internal error for ${failing.length === 1 ? failing[0]?.id : `${failing.length} targets`} of ${groupName(targetGroup)}: every path is open and the configuration is right`,
        component: groupComponent(targetGroup),
        evidence: failing.slice(0, 3).map(healthEvidence),
        targets: failing,
        fixes: [
          applicationFix(
            'Look at the AWS Health Dashboard and open a case with AWS Support: attach this finding',
          ),
        ],
      },
    ]
  },
}
