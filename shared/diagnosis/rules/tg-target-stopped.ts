/**
 * A stopped or terminated instance is not checked (Application Load Balancers: Target.InvalidState) or just
 * unhealthy (Network Load Balancers), so the instance itself is looked at as well.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html
 */
import type { Evidence } from '../../findings/finding.ts'
import { listed, notListed } from '../../snapshot/known.ts'
import type { TargetGroup } from '../../snapshot/types.ts'
import { groupName, namesOf } from '../checks/evidence.ts'
import { groupBy } from '../ecs/group-by.ts'
import type { Fix } from '../fix.ts'
import type { Incident, TargetFacts } from '../incident.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'
import { healthEvidence } from '../path/evidence.ts'
import { isFailing } from '../reasons.ts'

const DOWN = ['stopping', 'stopped', 'shutting-down', 'terminated']
const GONE = ['shutting-down', 'terminated']

export const tgTargetStopped: CauseRule = {
  code: 'tg.target-stopped',
  judge(incident, targets) {
    const { group } = incident
    const failing = targets.filter(isFailing)
    if (!group || failing.length === 0) return []
    const down = failing.filter((target) => isInvalid(target) || DOWN.includes(stateOf(target) ?? ''))
    if (down.length > 0) return groupBy(down, downText).map((own) => present(group.targetGroup, own))
    return missingOrAbsent(incident, failing)
  },
}

const isInvalid = ({ reason }: TargetFacts): boolean => reason === 'Target.InvalidState'

const stateOf = ({ instance }: TargetFacts): string | undefined => instance?.State?.Name

/** Silence may come from a stopped instance as well; an answer or a refusal cannot. */
function missingOrAbsent({ scope }: Incident, failing: readonly TargetFacts[]): readonly Judgement[] {
  const silent = failing.filter(
    ({ id, reason }) =>
      /^i-/.test(id) && ['Target.FailedHealthChecks', 'Target.Timeout'].includes(reason ?? ''),
  )
  const untold = silent.find((target) => stateOf(target) === undefined)
  if (untold) {
    const list = listed(scope, 'ec2:DescribeInstances', 'Reservations')
    return notKnown(list.known ? notListed(scope, 'ec2:DescribeInstances', untold.id) : list.missing)
  }
  return silent.length > 0 ? absent(`the instances ${namesOf(silent.map(({ id }) => id))} run`) : []
}

/** "stopped"; AWS's description tells it where the instance was not collected, "terminated or stopped" at times. */
function downText(target: TargetFacts): string {
  const state = stateOf(target)
  if (state !== undefined && DOWN.includes(state)) return state
  if (state === 'running') return 'running again'
  return /in (?:the|an) (.+?) state/.exec(target.description ?? '')?.[1] ?? 'not running'
}

function present(group: TargetGroup, own: readonly [TargetFacts, ...TargetFacts[]]): Judgement {
  const [first] = own
  const state = downText(first)
  const ids = own.map(({ id }) => id)
  const again = state === 'running again'
  const verb = own.length === 1 ? 'is' : 'are'
  return {
    kind: 'present',
    confidence: again ? 'possible' : 'proven',
    title: again
      ? `${namesOf(ids)} in ${groupName(group)} ${own.length === 1 ? 'was' : 'were'} not running when it was checked, and ${verb} running by now`
      : `${namesOf(ids)} in ${groupName(group)} ${verb} ${state}`,
    component: { type: /^i-/.test(first.id) ? 'instance' : 'ip-address', id: first.id },
    evidence: [healthEvidence(first), ...own.slice(0, 3).flatMap(stateEvidence)],
    targets: own,
    fixes: again ? [] : fixesFor(group, own, state),
  }
}

const stateEvidence = (target: TargetFacts): readonly Evidence[] =>
  stateOf(target) === undefined
    ? []
    : [
        {
          operation: 'ec2:DescribeInstances',
          resource: target.id,
          field: 'State.Name',
          observed: stateOf(target),
          expected: 'running',
        },
      ]

function fixesFor(group: TargetGroup, own: readonly TargetFacts[], state: string): readonly Fix[] {
  const ids = own.map(({ id }) => id)
  const deregister: Fix = {
    title: `Deregister ${namesOf(ids)}`,
    patches: [
      {
        kind: 'targets',
        targetGroupArn: group.TargetGroupArn,
        action: 'deregister',
        targets: own.map(({ id, port }) => ({ id, ...(port !== undefined && { port }) })),
      },
    ],
    verifiable: true,
  }
  const start: Fix = {
    title: `Start ${namesOf(ids)}`,
    patches: [{ kind: 'start-instances', instanceIds: ids }],
    verifiable: true,
  }
  const startable = ids.every((id) => /^i-/.test(id)) && !GONE.includes(state)
  return startable ? [start, deregister] : [deregister]
}
