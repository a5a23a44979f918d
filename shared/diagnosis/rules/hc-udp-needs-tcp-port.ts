/**
 * Health checks of UDP services use TCP, HTTP or HTTPS all the same. Traffic may flow nevertheless: a Network Load
 * Balancer without a healthy target sends to all of them (fail-open).
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html
 */

import type { TargetGroup } from '../../snapshot/types.ts'
import { arrives } from '../checks/arrival.ts'
import { checkPortEvidence, groupComponent, groupName, namesOf, settingEvidence } from '../checks/evidence.ts'
import { type AskedPort, askedPorts, onlyTcpPort, portsAt, type Served } from '../checks/served-ports.ts'
import { settingsFix } from '../checks/settings-fix.ts'
import { mayBeTasks } from '../ecs/involved.ts'
import type { Fix } from '../fix.ts'
import type { GroupFacts, TargetFacts } from '../incident.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'
import { healthEvidence } from '../path/evidence.ts'
import { isFailing } from '../reasons.ts'

const DATAGRAMS = ['UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC']

export const hcUdpNeedsTcpPort: CauseRule = {
  code: 'hc.udp-needs-tcp-port',
  judge(incident, suspects) {
    const { group } = incident
    if (!group || suspects.length === 0 || !DATAGRAMS.includes(group.targetGroup.Protocol ?? '')) return []
    const { asked, missing } = askedPorts(incident, suspects)
    const [first, ...rest] = asked.filter(servesUdpOnly)
    if (first) return [present(group, [first, ...rest])]
    if (missing.length > 0 && mayBeTasks(incident)) return missing.slice(0, 1).flatMap(notKnown)
    const bare = asked.length === 0 ? suspects.filter((target) => refusesBare(group, target)) : []
    const [silent, ...others] = bare
    if (silent) return [withoutTasks(group, [silent, ...others])]
    const ports = namesOf(asked.map(({ checkPort }) => String(checkPort)))
    return asked.length > 0 ? absent(`the checked port ${ports} is not one that serves UDP only`) : []
  },
}

const servesUdpOnly = ({ checkPort, served }: AskedPort): boolean => {
  const own = portsAt(served, checkPort)
  return own.length > 0 && own.every(({ protocol }) => protocol === 'udp')
}

/**
 * In awsvpc mode a port can be listened on without a mapping. A TCP check that only connects, over a path that is
 * open, shows that nobody does.
 */
const refusesTcp = (group: GroupFacts, { target }: AskedPort): boolean =>
  group.targetGroup.HealthCheckProtocol === 'TCP' && isFailing(target) && arrives(group, target)

function present(group: GroupFacts, own: readonly [AskedPort, ...AskedPort[]]): Judgement {
  const { targetGroup } = group
  const [{ target, checkPort, served }] = own
  const { Protocol, HealthCheckProtocol = 'TCP' } = targetGroup
  const container = portsAt(served, checkPort)[0]?.container
  return {
    kind: 'present',
    confidence: served.exact || own.every((item) => refusesTcp(group, item)) ? 'proven' : 'likely',
    title: `Target group ${groupName(targetGroup)} (${Protocol}) is checked over ${HealthCheckProtocol} on port ${checkPort}, where container ${container} serves UDP only; traffic may still flow, since a load balancer without a healthy target sends to all`,
    component: groupComponent(targetGroup),
    evidence: [
      settingEvidence(targetGroup, 'Protocol', 'checks never use UDP'),
      checkPortEvidence(target, 'a port on which a container listens with TCP'),
      served.evidence(`a mapping of tcp ${checkPort}`),
      healthEvidence(target),
    ],
    targets: own.map((item) => item.target),
    fixes: [tcpPort(targetGroup, served)],
  }
}

const DATAGRAMS_ONLY = ['UDP', 'QUIC']

/** Nothing tells what listens: that TCP is refused on the very port of the traffic speaks for UDP alone. */
const refusesBare = (group: GroupFacts, target: TargetFacts): boolean =>
  DATAGRAMS_ONLY.includes(group.targetGroup.Protocol ?? '') &&
  isFailing(target) &&
  target.checkPort !== undefined &&
  target.checkPort === target.port &&
  arrives(group, target)

function withoutTasks(group: GroupFacts, targets: readonly [TargetFacts, ...TargetFacts[]]): Judgement {
  const { targetGroup } = group
  const { Protocol, HealthCheckProtocol = 'TCP' } = targetGroup
  const [first] = targets
  return {
    kind: 'present',
    confidence: 'likely',
    title: `Target group ${groupName(targetGroup)} (${Protocol}) is checked over ${HealthCheckProtocol} on port ${first.checkPort}, the port of its ${Protocol} traffic, where nothing answers TCP; traffic may still flow, since a load balancer without a healthy target sends to all`,
    component: groupComponent(targetGroup),
    evidence: [
      settingEvidence(targetGroup, 'Protocol', 'checks never use UDP'),
      checkPortEvidence(first, 'a port on which the target listens with TCP'),
      healthEvidence(first),
    ],
    targets,
    fixes: [tcpPort(targetGroup, undefined)],
  }
}

function tcpPort(group: TargetGroup, served: Served | undefined): Fix {
  const only = served && onlyTcpPort(served)
  const port = only === undefined ? '<TCP port of a container or sidecar that answers>' : String(only)
  const title = `Check ${only === undefined ? 'a TCP port that the container, or a sidecar, opens for it' : `TCP port ${only}, which the task serves`}`
  return settingsFix(title, group, { HealthCheckPort: port, HealthCheckProtocol: 'TCP' }, only !== undefined)
}
