/**
 * The port that is really asked is none that the task behind the target serves. The default port of the target group
 * plays no part: ECS registers each target with its own.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/troubleshoot-service-load-balancers.html
 */
import type { Confidence } from '../../findings/finding.ts'
import type { TargetGroup } from '../../snapshot/types.ts'
import { arrives, isTimeout } from '../checks/arrival.ts'
import { checkPortEvidence, groupComponent, groupName, namesOf, settingEvidence } from '../checks/evidence.ts'
import { listenerPort } from '../checks/listener-ports.ts'
import {
  type AskedPort,
  askedPorts,
  onlyTcpPort,
  portsAt,
  portsText,
  type Served,
  serves,
} from '../checks/served-ports.ts'
import { settingsFix } from '../checks/settings-fix.ts'
import { groupBy } from '../ecs/group-by.ts'
import { revisionName } from '../ecs/words.ts'
import type { Fix } from '../fix.ts'
import type { GroupFacts, TargetFacts } from '../incident.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'
import { healthEvidence } from '../path/evidence.ts'
import { isFailing } from '../reasons.ts'

export const hcPortMismatch: CauseRule = {
  code: 'hc.port-mismatch',
  judge(incident, suspects) {
    const { group } = incident
    const failing = suspects.filter(isFailing)
    if (!group || failing.length === 0) return []
    if (group.targetGroup.TargetType === 'alb')
      return failing.flatMap((target) => listenerPort(incident, target))
    const { asked, missing } = askedPorts(incident, failing)
    const wrong = asked.filter(({ served, checkPort }) => portsAt(served, checkPort).length === 0)
    const found = groupBy(wrong, ({ checkPort }) => String(checkPort)).map((own) => present(group, own))
    if (found.length > 0) return found
    if (missing.length > 0) return missing.slice(0, 1).flatMap(notKnown)
    const fine = asked.filter(({ served, checkPort }) => serves(served, checkPort, 'tcp'))
    const ports = namesOf(fine.map(({ checkPort }) => String(checkPort)))
    // A port that is mapped for UDP only is another cause's.
    return fine.length > 0 ? absent(`the tasks behind the targets serve the checked port ${ports}`) : []
  },
}

function present(group: GroupFacts, own: readonly [AskedPort, ...AskedPort[]]): Judgement {
  const { targetGroup } = group
  const [{ target, checkPort, served }] = own
  const targets = own.map((item) => item.target)
  const expected = `a port that the task serves: ${portsText(served)}`
  const who = served.exact
    ? 'the task behind it binds'
    : `task definition ${revisionName(served.definition.taskDefinitionArn)} maps`
  return {
    kind: 'present',
    confidence: confidenceOf(group, own),
    title: `Health check of ${groupName(targetGroup)} asks port ${checkPort}, but ${who} only ${portsText(served)}`,
    component: groupComponent(targetGroup),
    evidence: [
      checkPortEvidence(target, expected),
      settingEvidence(targetGroup, 'HealthCheckPort', expected),
      served.evidence(`a mapping of tcp ${checkPort}`),
      healthEvidence(target),
    ],
    targets,
    fixes: fixesFor(targetGroup, target, served),
  }
}

/**
 * A closed port refuses; a silent one with an open path, or one behind a broken path, shows less: unless the instance
 * has none but the ports that its agent bound.
 */
const confidenceOf = (group: GroupFacts, own: readonly AskedPort[]): Confidence =>
  own.every(({ served }) => served.exact) ||
  own.some(({ target }) => arrives(group, target) && !isTimeout(target))
    ? 'likely'
    : 'possible'

function fixesFor(group: TargetGroup, { port = -1 }: TargetFacts, served: Served): readonly Fix[] {
  if (serves(served, port, 'tcp'))
    return [
      settingsFix(
        `Check the traffic port ${port}, which the task serves`,
        group,
        { HealthCheckPort: 'traffic-port' },
        true,
      ),
    ]
  const only = onlyTcpPort(served)
  const HealthCheckPort = only === undefined ? '<port on which the container answers>' : String(only)
  const title = `Check port ${only ?? 'on which the container answers'}`
  return [settingsFix(title, group, { HealthCheckPort }, only !== undefined)]
}
