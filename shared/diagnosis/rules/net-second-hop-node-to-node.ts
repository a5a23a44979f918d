/**
 * A NodePort is asked on every node, and kube-proxy sends it on to a node that runs the pod: where nodes do not admit
 * one another, only nodes with a pod are healthy.
 * https://kubernetes.io/docs/tasks/access-application-cluster/create-external-load-balancer/#preserving-the-client-source-ip
 */

import type { GroupRule } from '../../network/security-groups.ts'
import { groupOf } from '../../reachability/filters.ts'
import { namesOf } from '../checks/evidence.ts'
import { pathIsOpen } from '../ecs/checked-by.ts'
import type { Incident, TargetFacts } from '../incident.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'
import { missingOnPaths } from '../path/breaches.ts'
import { groupEvidence, healthEvidence } from '../path/evidence.ts'
import { groupName } from '../path/words.ts'
import { isFailing } from '../reasons.ts'

export const netSecondHopNodeToNode: CauseRule = {
  code: 'net.second-hop-node-to-node',
  judge(incident, suspects) {
    const failing = suspects.filter(isFailing)
    if (failing.length === 0 || !isNodePort(incident, failing)) return []
    if (!incident.services.known) return notKnown(incident.services.missing)
    if (incident.services.value.length > 0) return []
    const healthy = suspects.filter(({ state }) => state === 'healthy')
    if (healthy.length === 0) return absent('no node is healthy, so that none passes the check on to another')
    const missing = missingOnPaths(failing)
    if (missing.length > 0) return missing.slice(0, 1).flatMap(notKnown)
    if (!failing.every(pathIsOpen)) return absent('the load balancer does not even reach the nodes that fail')
    return judgeNodes(incident, failing, healthy)
  },
}

/** Kubernetes' range; `externalTrafficPolicy: Local` is checked on another port, and fails without a pod by design. */
const NODE_PORTS = { from: 30_000, to: 32_767 }

function isNodePort({ group }: Incident, failing: readonly TargetFacts[]): boolean {
  return (
    group?.targetGroup.TargetType === 'instance' &&
    failing.every(
      ({ port = 0, checkPort }) => port === checkPort && NODE_PORTS.from <= port && port <= NODE_PORTS.to,
    )
  )
}

function judgeNodes(
  incident: Incident,
  failing: readonly TargetFacts[],
  healthy: readonly TargetFacts[],
): readonly Judgement[] {
  const [node] = failing
  const receivers = groupsOf(healthy)
  const senders = groupsOf(failing)
  if (!node || receivers.length === 0) return absent('the nodes carry no security groups')
  const told = receivers.map((id) => groupOf(incident.network, id)?.ingress)
  const gap = told.findIndex((ingress) => !ingress || ingress.unclear.length > 0)
  if (gap >= 0)
    return notKnown({
      missing: 'ec2:DescribeSecurityGroups',
      because: `the inbound rules of ${receivers[gap]} are not known`,
    })
  const rules = told.flatMap((ingress) => ingress?.rules ?? [])
  if (rules.some((rule) => admitsEveryPort(rule, senders)))
    return absent(`the nodes’ groups ${receivers.join(', ')} admit one another on every tcp port`)
  return [present(incident, failing, receivers, senders)]
}

const groupsOf = (targets: readonly TargetFacts[]): readonly string[] => [
  ...new Set(targets.flatMap(({ end }) => (end.known ? end.value.nic.groups.ids : []))),
]

/** Which port the pod listens on is not told: only all of them are certain to hold it. */
const admitsEveryPort = (
  { protocol, ports, referencedGroupId, cidr }: GroupRule,
  senders: readonly string[],
): boolean =>
  (protocol === 'all' || (protocol === 6 && ports.from <= 1 && ports.to === 65_535)) &&
  (cidr !== undefined || (referencedGroupId !== undefined && senders.includes(referencedGroupId)))

function present(
  incident: Incident,
  failing: readonly TargetFacts[],
  receivers: readonly string[],
  senders: readonly string[],
): Judgement {
  const [groupId = ''] = receivers
  const [sender = groupId] = senders
  return {
    kind: 'present',
    confidence: 'likely',
    title: `Nodes ${namesOf(failing.map(({ id }) => id))} get the check on NodePort ${failing[0]?.checkPort} but seem unable to pass it on to a node with a pod: ${groupName(incident, groupId)} does not admit nodes on every port`,
    component: { type: 'security-group', id: groupId },
    evidence: [
      groupEvidence(incident, groupId, 'IpPermissions', `a rule for the pod’s port from ${sender}`),
      ...failing.slice(0, 3).map(healthEvidence),
    ],
    targets: failing,
    partial: true,
    fixes: [
      {
        title: `Let the nodes reach one another on every tcp port, or on the pod’s port alone`,
        patches: [
          {
            kind: 'security-group-rule',
            groupId,
            direction: 'ingress',
            permission: {
              IpProtocol: 'tcp',
              FromPort: 0,
              ToPort: 65_535,
              UserIdGroupPairs: [{ GroupId: sender }],
            },
          },
        ],
        verifiable: false,
      },
    ],
  }
}
