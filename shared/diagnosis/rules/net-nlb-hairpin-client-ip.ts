/**
 * With client-IP preservation a target that calls its own Network Load Balancer can be sent to itself: packets with
 * source = destination get lost. Checks come from the load balancer and pass; the calls fail now and then.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 */
import { clientIpPreserved, PRESERVE } from '../../network/load-balancing/client-ip.ts'
import { TCP, UDP } from '../../network/protocol.ts'
import type { GroupRule } from '../../network/security-groups.ts'
import { groupOf } from '../../reachability/filters.ts'
import { attributeEvidence, groupComponent, groupName } from '../checks/evidence.ts'
import type { Fix } from '../fix.ts'
import type { GroupFacts, Incident, TargetFacts } from '../incident.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'
import { groupEvidence } from '../path/evidence.ts'

export const netNlbHairpinClientIp: CauseRule = {
  code: 'net.nlb-hairpin-client-ip',
  judge(incident, targets) {
    const { group } = incident
    if (!group?.loadBalancers.known || targets.length === 0) return []
    const balancers = group.loadBalancers.value.filter(
      ({ Type, Scheme }) => Type === 'network' && Scheme === 'internal',
    )
    if (balancers.length === 0) return []
    const preserved = clientIpPreserved(group.targetGroup, group.attributes)
    if (!preserved.known) return notKnown(preserved.missing)
    if (!preserved.value.on) return absent('the Network Load Balancer does not preserve client addresses')
    const receivers = balancers.flatMap(({ SecurityGroups }) => SecurityGroups ?? [])
    return judgeClients(incident, group, targets, receivers)
  },
}

function judgeClients(
  incident: Incident,
  group: GroupFacts,
  targets: readonly TargetFacts[],
  balancerGroups: readonly string[],
): readonly Judgement[] {
  const carried = [...new Set(targets.flatMap(({ end }) => (end.known ? end.value.nic.groups.ids : [])))]
  const groups = [...balancerGroups, ...carried]
  const untold = groups.find((id) => !groupOf(incident.network, id)?.ingress)
  const listenerPorts = (group.forwards.known ? group.forwards.value : []).map(
    ({ listenerPort }) => listenerPort,
  )
  const rules = [
    ...admitted(incident, balancerGroups, listenerPorts),
    ...admitted(
      incident,
      carried,
      targets.map(({ port }) => port),
    ),
  ]
  // A group that the load balancer carries as well is admitted for the load balancer's sake.
  const clients = carried.filter((id) => !balancerGroups.includes(id))
  const meant = rules.find(({ referencedGroupId: id = '' }) => clients.includes(id))
  if (meant) return [present(incident, group, meant)]
  if (untold !== undefined)
    return notKnown({
      missing: 'ec2:DescribeSecurityGroups',
      because: `the rules of ${untold} were not collected`,
    })
  return absent('no rule admits the targets as clients of their own load balancer')
}

/** Rules for just these ports that refer to a group: "everything from my own group" names no clients. */
const admitted = (
  { network }: Incident,
  groupIds: readonly string[],
  ports: readonly (number | undefined)[],
): readonly GroupRule[] =>
  groupIds
    .flatMap((id) => groupOf(network, id)?.ingress?.rules ?? [])
    .filter(
      (rule) =>
        (rule.protocol === TCP || rule.protocol === UDP) &&
        rule.ports.to - rule.ports.from < WIDE &&
        ports.some((port) => port !== undefined && rule.ports.from <= port && port <= rule.ports.to),
    )

const WIDE = 1024

function present(incident: Incident, group: GroupFacts, rule: GroupRule): Judgement {
  const { targetGroup } = group
  const { securityGroupId, referencedGroupId = '', ports } = rule
  const name = groupOf(incident.network, referencedGroupId)?.name ?? referencedGroupId
  return {
    kind: 'present',
    confidence: 'likely',
    title: `Targets of ${groupName(targetGroup)} are admitted as clients of their own Network Load Balancer (${securityGroupId} admits ${name} on ${ports.from}), which preserves client addresses: a call that is sent back to its caller times out`,
    component: groupComponent(targetGroup),
    evidence: [
      attributeEvidence(group, PRESERVE, 'false'),
      groupEvidence(
        incident,
        securityGroupId,
        'IpPermissions',
        `no clients among the targets, which carry ${referencedGroupId}`,
      ),
    ],
    targets: [],
    fixes: [fixFor(group)],
  }
}

/** UDP targets by address always see the client's. */
function fixFor(group: GroupFacts): Fix {
  const { TargetGroupArn, TargetType } = group.targetGroup
  const preserved = clientIpPreserved(group.targetGroup, group.attributes)
  const alternative =
    'Let targets call each other directly (service discovery) in place of their own load balancer'
  if (preserved.known && preserved.value.fixed)
    return { title: alternative, patches: [], verifiable: false, manual: { cli: [] } }
  return {
    title: `Do not preserve client addresses; targets (${TargetType}) then see the load balancer’s, which their groups must admit`,
    patches: [
      { kind: 'target-group-attribute', targetGroupArn: TargetGroupArn, key: PRESERVE, value: 'false' },
    ],
    verifiable: true,
  }
}
