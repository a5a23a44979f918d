/**
 * Every health check's path is open there and back, nothing in the configuration explains the failure, and the
 * target does not answer: the cause lies in the application. Asked last, for targets that nothing else explains.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */

import type { Evidence } from '../../findings/finding.ts'
import type { Component } from '../../reachability/result.ts'
import { applicationEvidence, serverOf } from '../ecs/application.ts'
import { pathIsOpen } from '../ecs/checked-by.ts'
import { mayBeTasks } from '../ecs/involved.ts'
import { type Incident, isInvoked, type TargetFacts } from '../incident.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'
import { missingOnPaths } from '../path/breaches.ts'
import { healthEvidence } from '../path/evidence.ts'

export const appNotAnswering: CauseRule = {
  code: 'app.not-answering',
  judge(incident, suspects) {
    // What a load balancer that is itself a target answers, its own listeners and targets decide.
    if (suspects.length === 0 || incident.group?.targetGroup.TargetType === 'alb') return []
    const silent = suspects.filter(({ reason }) => reason !== undefined && silences.includes(reason))
    if (silent.length === 0) return absent(`AWS reports ${reasonsOf(suspects)}, not silence`)
    const missing = missingOnPaths(silent)
    if (missing.length > 0) return missing.flatMap(notKnown)
    const open = isInvoked(incident) ? silent : silent.filter(pathIsOpen)
    return open.length > 0 ? [present(incident, open)] : absent('the path to the targets is not open')
  },
}

/** A timeout is no answer at all; with an open path, only the target itself can be silent. */
const TIMEOUT = 'Target.Timeout'
const silences: readonly string[] = [TIMEOUT, 'Target.FailedHealthChecks']

const reasonsOf = (targets: readonly TargetFacts[]): string =>
  [...new Set(targets.map(({ reason, state }) => reason ?? state))].join(', ')

function present(incident: Incident, open: readonly TargetFacts[]): Judgement {
  const timedOut = open.every(({ reason }) => reason === TIMEOUT)
  const invoked = isInvoked(incident)
  return {
    kind: 'present',
    confidence: timedOut && !invoked && tasksAreKnown(incident) ? 'proven' : 'likely',
    title: invoked ? functionTitle(open, timedOut) : pathTitle(open, timedOut),
    component: componentOf(incident, open),
    evidence: [
      ...open.slice(0, 3).map(healthEvidence),
      ...(invoked ? [] : open.slice(0, 3).map(pathEvidence)),
      ...applicationEvidence(incident, open),
    ],
    targets: open,
    fixes: [],
  }
}

function pathTitle(open: readonly TargetFacts[], timedOut: boolean): string {
  const ports = [...new Set(open.map(({ checkPort }) => checkPort))].join(', ')
  const who = open.length === 1 ? open[0]?.id : `${open.length} targets`
  const what = timedOut
    ? `does not answer on port ${ports} in time`
    : `refuses the check on port ${ports} or breaks it off`
  return `The application behind ${who} ${what}: every path to it is open there and back, and the configuration is right`
}

/** Whether its resource policy admits the invocation is not collected. */
const functionTitle = ([first]: readonly TargetFacts[], timedOut: boolean): string =>
  `Function ${first?.id.split(':').slice(6).join(':')} ${timedOut ? 'does not answer in time' : 'fails, or may not be invoked'}: no network lies between it and the load balancer`

/** What ECS runs behind the targets could explain the silence as well. */
function tasksAreKnown(incident: Incident): boolean {
  const { services } = incident
  if (!services.known) return !mayBeTasks(incident)
  return services.value.every(
    ({ taskDefinition, runningTasks }) => taskDefinition.known && runningTasks.known,
  )
}

/** The container that serves the port, where one service and one container do; else the group. */
function componentOf(incident: Incident, open: readonly TargetFacts[]): Component {
  const [server, rival] = new Map(
    open.flatMap((target) => {
      const found = serverOf(incident, target)
      return found ? [[found.component.id, found.component] as const] : []
    }),
  ).values()
  if (server && !rival) return server
  const { targetGroup } = incident.group ?? {}
  const name = targetGroup?.TargetGroupName
  return {
    type: 'target-group',
    id: targetGroup?.TargetGroupArn ?? incident.subject.arn,
    ...(name && { name }),
  }
}

/** What was ruled out, node by node. */
function pathEvidence({ id, checkPort, probes }: TargetFacts): Evidence {
  const walked = probes.known ? probes.value : []
  return {
    operation: 'ec2:DescribeNetworkInterfaces',
    resource: id,
    field: `path from every load balancer node to port ${checkPort}, and back`,
    observed: walked.map(({ node, explanation }) => ({
      from: node.nic.id,
      availabilityZone: node.availabilityZone,
      verdict: explanation.verdict,
    })),
    expected: 'reachable: security groups, network ACLs and routes are ruled out',
  }
}
