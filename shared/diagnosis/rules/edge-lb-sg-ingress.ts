/**
 * The groups of a load balancer admit nobody to its listeners, or not the VPC link that calls it.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html
 */
import type { LoadBalancer } from '../../snapshot/types.ts'
import { sourcesOf } from '../edge/admitted.ts'
import { admitting, type Door, doorsOf, groupsEvidence } from '../edge/doors.ts'
import { strangerLinks } from '../edge/link-clients.ts'
import { balancerName, filtersNothing, listenerText } from '../edge/words.ts'
import type { Fix } from '../fix.ts'
import type { Incident } from '../incident.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'
import { groupName } from '../path/words.ts'

export const edgeLbSgIngress: CauseRule = {
  code: 'edge.lb-sg-ingress',
  judge(incident) {
    const { balancer } = incident
    if (!balancer || filtersNothing(balancer)) return []
    const { SecurityGroups: groups } = balancer
    if (!groups)
      return notKnown({
        missing: 'elasticloadbalancing:DescribeLoadBalancers',
        because: `the groups of ${balancerName(balancer)} are not told`,
      })
    const doors = doorsOf(incident, balancer)
    return doors.known ? judgeDoors(incident, balancer, groups, doors.value) : notKnown(doors.missing)
  },
}

/** One port that nobody may use is somebody's choice; all of them are not. */
function judgeDoors(
  incident: Incident,
  balancer: LoadBalancer,
  groups: readonly string[],
  doors: readonly Door[],
): readonly Judgement[] {
  if (doors.length === 0) return []
  if (doors.every(({ from }) => sourcesOf(from).length === 0))
    return [admitsNobody(incident, balancer, groups, doors)]
  const strangers = strangerLinks(incident, balancer, doors)
  if (strangers.length > 0) return strangers
  const admitted = doors.map(
    ({ listener, from }) => `${sourcesOf(from).join(', ') || 'nobody'} to ${listenerText(listener)}`,
  )
  return absent(`${balancerName(balancer)} admits ${admitted.join(', ')}`)
}

function admitsNobody(
  incident: Incident,
  balancer: LoadBalancer,
  groups: readonly string[],
  doors: readonly Door[],
): Judgement {
  const [groupId = ''] = groups
  const ports = doors.map(({ listener }) => listenerText(listener)).join(', ')
  const who = groups.map((id) => groupName(incident, id)).join(', ')
  return {
    kind: 'present',
    confidence: 'proven',
    title: `${who} of load balancer ${balancerName(balancer)} admits nobody to ${ports}`,
    component: { type: 'security-group', id: groupId },
    awsExplanationCode: 'ENI_SG_RULES_MISMATCH',
    evidence: doors.flatMap((door) => groupsEvidence(door, groups)),
    targets: [],
    fixes: clientsFix(incident, balancer, groupId, doors),
  }
}

/** Who the clients are is not told: the VPC where the load balancer is internal, else the internet. */
function clientsFix(
  { network }: Incident,
  { Scheme, VpcId = '', ...balancer }: LoadBalancer,
  groupId: string,
  doors: readonly Door[],
): readonly Fix[] {
  const CidrIp = Scheme === 'internet-facing' ? '0.0.0.0/0' : network.vpcs.get(VpcId)?.CidrBlock
  if (CidrIp === undefined || Scheme === undefined) return []
  return [
    {
      title: `Admit ${CidrIp} to the listeners of ${balancerName(balancer)}, or narrower: whoever its clients are`,
      patches: admitting(groupId, doors, { IpRanges: [{ CidrIp }] }),
      verifiable: true,
    },
  ]
}
