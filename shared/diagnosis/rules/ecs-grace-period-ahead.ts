/**
 * A task definition that declares a longer start than the load balancer waits for. How long the start takes it does not
 * tell (`startPeriod` is a limit), so that this is a blind spot until ECS stops a task for it (ecs-grace-period.ts).
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html (startPeriod)
 */
import { known } from '../../snapshot/known.ts'
import type { TargetGroup, TaskDefinition } from '../../snapshot/types.ts'
import { blindSpotOf } from '../blind-spot.ts'
import { groupName } from '../checks/evidence.ts'
import { definitionEvidence } from '../ecs/evidence.ts'
import { type Deadline, deadlineOf, inHalfMinutes } from '../ecs/grace.ts'
import { giveGrace, settingsMissing, waitEvidence } from '../ecs/grace-words.ts'
import { judgeServices, type ServiceTasks } from '../ecs/services.ts'
import { revisionName, subjectName } from '../ecs/words.ts'
import type { Incident, ServiceFacts } from '../incident.ts'
import { type Judgement, notKnown } from '../judgement.ts'

/** ECS takes no longer `startPeriod`, in seconds. */
const LONGEST_START = 300

export const ecsGracePeriodAhead = blindSpotOf('ecs.grace-period', (incident) => {
  const { group, services } = incident
  if (!group || ['lambda', 'alb'].includes(group.targetGroup.TargetType ?? '')) return []
  if (group.targetGroup.LoadBalancerArns?.length === 0) return []
  if (!services.known) return notKnown(services.missing)
  return services.value.flatMap((facts) => judgeService(incident, group.targetGroup, facts))
})

function judgeService(incident: Incident, group: TargetGroup, facts: ServiceFacts): readonly Judgement[] {
  const { service, taskDefinition } = facts
  const { healthCheckGracePeriodSeconds: grace = 0 } = service
  if (grace >= LONGEST_START) return []
  if (!taskDefinition.known) return notKnown(taskDefinition.missing)
  const start = slowestStart(taskDefinition.value)
  if (start.seconds <= grace) return []
  const deadline = deadlineOf(group, grace)
  if (!deadline) return notKnown(settingsMissing(group))
  if (start.seconds <= waitOf(deadline)) return []
  return judgeServices({ ...incident, services: known([facts]) }, (tasks) =>
    isToldAlready(tasks) ? [] : [present(tasks, group, start, deadline)],
  )
}

/** At most: with a grace period, ECS may stop an unhealthy task as soon as that is over. */
const waitOf = ({ graceSeconds, checkSeconds }: Deadline): number => graceSeconds + checkSeconds

/** A task was stopped for a load balancer’s checks: that is the cause itself, or another one. */
const isToldAlready = ({ stops }: ServiceTasks): boolean => stops.some(({ kind }) => kind === 'target-health')

interface Start {
  readonly container: string
  readonly seconds: number
  readonly taskDefinitionArn: string | undefined
}

/** Of the containers without which the task does not run. */
function slowestStart({ containerDefinitions = [], taskDefinitionArn }: TaskDefinition): Start {
  const starts = containerDefinitions
    .filter(({ essential }) => essential !== false)
    .map(({ name = '', healthCheck }) => ({ container: name, seconds: healthCheck?.startPeriod ?? 0 }))
  const none = { container: '', seconds: 0 }
  const slowest = starts.reduce((one, other) => (other.seconds > one.seconds ? other : one), none)
  return { ...slowest, taskDefinitionArn }
}

function present(tasks: ServiceTasks, group: TargetGroup, start: Start, deadline: Deadline): Judgement {
  const { service } = tasks
  const { container, seconds, taskDefinitionArn } = start
  const wait = waitOf(deadline)
  return {
    kind: 'present',
    confidence: 'possible',
    title: `Container ${container} of ${revisionName(taskDefinitionArn)} may take ${seconds} s to start (startPeriod), but ${subjectName(service)} waits at most ${wait} s for the checks of ${groupName(group)}: so slow a start would be stopped`,
    component: {
      type: 'ecs-service',
      id: service.serviceArn,
      ...(service.serviceName && { name: service.serviceName }),
    },
    evidence: [
      ...waitEvidence(service, group, deadline),
      definitionEvidence(
        taskDefinitionArn,
        `containerDefinitions[${container}].healthCheck.startPeriod`,
        seconds,
        `at most the ${wait} s that the load balancer’s checks leave`,
      ),
    ],
    targets: [],
    fixes: giveGrace(service, inHalfMinutes(seconds), {
      why: `what container ${container} may take to start, in whole half minutes`,
      verifiable: true,
    }),
  }
}
