/**
 * A task has stopped and its target was not deregistered: the address belongs to nobody, or another task has taken
 * the address or host port, gets the traffic and may even look healthy. Targets that drain, and targets that were
 * registered by hand, are in order. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html
 */
import type { Missing, Scope, Task } from '../../snapshot/types.ts'
import { groupComponent, groupName } from '../checks/evidence.ts'
import { portOfOthers, type Stale } from '../checks/host-ports.ts'
import { isInstance, standsAt } from '../checks/task-places.ts'
import { taskEvidence } from '../ecs/evidence.ts'
import type { GroupFacts, Incident, ServiceFacts, TargetFacts } from '../incident.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'
import { healthEvidence } from '../path/evidence.ts'
import { isFailing } from '../reasons.ts'

export const tgStaleTarget: CauseRule = {
  code: 'tg.stale-target',
  judge(incident, targets) {
    const { group } = incident
    const settled = targets.filter((target) => target.state === 'healthy' || isFailing(target))
    if (!group || settled.length === 0 || ['lambda', 'alb'].includes(group.targetGroup.TargetType ?? ''))
      return []
    const judged = settled.map((target) => ({ target, verdict: verdictOf(incident, target) }))
    const found = judged.flatMap(({ target, verdict }) =>
      verdict && 'stale' in verdict ? [present(group, target, verdict)] : [],
    )
    const missing = judged.flatMap(({ verdict }) => (verdict && 'missing' in verdict ? [verdict] : []))
    if (found.length > 0) return found
    if (missing.length > 0) return missing.slice(0, 1).flatMap(notKnown)
    return absent('every target is a running task, or no task was known to stand there')
  },
}

/** Undefined: in order. */
function verdictOf(incident: Incident, target: TargetFacts): Stale | Missing | undefined {
  // An address is one task's alone; a host port may be bound on several instances.
  if (target.task && !isInstance(target)) return undefined
  if (isNobodys(target)) return nobodys(target)
  const { services, scope } = incident
  if (!services.known) return isFailing(target) && !hasAnswered(target) ? services.missing : undefined
  const known = services.value.map((facts) => placedTasks(scope, facts, target))
  const missing = known.find((item): item is Missing => 'missing' in item)
  if (missing) return missing
  const tasks = known.flatMap((item) => ('missing' in item ? [] : [item]))
  if (tasks.some(({ running }) => running)) return undefined
  const stopped = tasks.flatMap((item) => item.stopped ?? [])[0]
  if (stopped) return leftBy(stopped)
  if (services.value.length === 0) return undefined
  return isInstance(target) ? portOfOthers(incident, services.value, target) : takenOver(target)
}

/** Another task may be answering; the reason of the failure lies in what it answers. */
const hasAnswered = ({ reason }: TargetFacts): boolean => reason === 'Target.ResponseCodeMismatch'

/** Certain only where all interfaces of the VPC were collected; the walk knows. */
const isNobodys = (target: TargetFacts): boolean =>
  isFailing(target) &&
  target.probes.known &&
  target.probes.value.some(({ explanation }) =>
    explanation.blockers.some(
      ({ leg, awsExplanationCode }) => leg === 'forward' && awsExplanationCode === 'NO_POSSIBLE_DESTINATION',
    ),
  )

const nobodys = ({ id }: TargetFacts): Stale => ({
  stale: 'has an address that no network interface of the VPC holds',
  confidence: 'proven',
  evidence: [
    {
      operation: 'ec2:DescribeNetworkInterfaces',
      resource: id,
      field: 'PrivateIpAddresses',
      observed: [],
      expected: 'an interface with the registered address',
    },
  ],
})

interface Placed {
  readonly running: Task | undefined
  readonly stopped: Task | undefined
}

function placedTasks(scope: Scope, facts: ServiceFacts, target: TargetFacts): Placed | Missing {
  const { runningTasks, stoppedTasks } = facts
  if (!runningTasks.known) return runningTasks.missing
  const all = [...runningTasks.value, ...(stoppedTasks.known ? stoppedTasks.value : [])]
  const there: Task[] = []
  for (const task of all) {
    const stands = standsAt(scope, task, target)
    if (!stands.known) return stands.missing
    if (stands.value) there.push(task)
  }
  // A task that is only just stopping is being deregistered.
  const running = there.find(({ lastStatus }) => lastStatus !== 'STOPPED' && lastStatus !== 'DELETED')
  return { running, stopped: running ? undefined : there[0] }
}

const leftBy = (task: Task): Stale => ({
  stale: `belongs to task ${task.taskArn.split('/').at(-1)}, which has stopped (${task.stoppedReason ?? 'no reason given'})`,
  confidence: 'proven',
  evidence: [
    taskEvidence(task, 'lastStatus', task.lastStatus, 'RUNNING'),
    taskEvidence(task, 'stoppedAt', task.stoppedAt, 'a target that was deregistered by then'),
  ],
})

/** The interface of another service's task: nobody registers such an address by hand. */
function takenOver({ id, end }: TargetFacts): Stale | undefined {
  const description = end.known ? (end.value.nic.source.Description ?? '') : ''
  if (!/^arn:aws[\w-]*:ecs:.*:attachment\//.test(description)) return undefined
  return {
    stale: `has an address that now belongs to a task of none of the group’s services`,
    confidence: 'likely',
    evidence: [
      {
        operation: 'ec2:DescribeNetworkInterfaces',
        resource: end.known ? end.value.nic.id : id,
        field: 'Description',
        observed: description,
        expected: 'the attachment of a running task of the service',
      },
    ],
  }
}

function present({ targetGroup }: GroupFacts, target: TargetFacts, verdict: Stale): Judgement {
  const { id, port } = target
  const name = port === undefined ? id : `${id}:${port}`
  return {
    kind: 'present',
    confidence: verdict.confidence,
    title: `Target ${name} of ${groupName(targetGroup)} ${verdict.stale}`,
    component: groupComponent(targetGroup),
    evidence: [healthEvidence(target), ...verdict.evidence],
    targets: [target],
    fixes: [
      {
        title: `Deregister ${name}`,
        patches: [
          {
            kind: 'targets',
            targetGroupArn: targetGroup.TargetGroupArn,
            action: 'deregister',
            targets: [{ id, ...(port !== undefined && { port }) }],
          },
        ],
        verifiable: true,
      },
    ],
  }
}
