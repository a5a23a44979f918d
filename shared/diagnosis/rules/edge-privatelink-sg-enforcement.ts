/**
 * A Network Load Balancer's groups filter what comes over PrivateLink too, unless that is turned off: health checks
 * pass and API Gateway's calls are dropped in silence.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-nlb-for-vpclink-using-console.html
 */

import { loadBalancerKind } from '../../network/load-balancers.ts'
import { filtersPrivateLink } from '../../network/load-balancing/private-link.ts'
import type { LoadBalancer } from '../../snapshot/types.ts'
import { type Door, doorsOf, groupsEvidence } from '../edge/doors.ts'
import { type LinkV1, linksV1, V1 } from '../edge/vpc-links.ts'
import { balancerComponent, balancerEvidence, balancerName, listenerText } from '../edge/words.ts'
import type { Incident } from '../incident.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'

const ENFORCED = 'EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic'

export const edgePrivatelinkSgEnforcement: CauseRule = {
  code: 'edge.privatelink-sg-enforcement',
  judge(incident) {
    const { balancer, scope } = incident
    if (!balancer || loadBalancerKind(balancer) !== 'network') return []
    const filters = filtersPrivateLink(balancer)
    if (filters.known && !filters.value)
      return absent(`the groups of ${balancerName(balancer)} do not filter what comes over PrivateLink`)
    const links = linksV1(scope)
    if (!links.known) return notKnown(links.missing)
    const [link] = links.value.filter(({ targetArns }) => targetArns.includes(balancer.LoadBalancerArn))
    if (!link) return []
    return filters.known ? judgeListeners(incident, balancer, link) : notKnown(filters.missing)
  },
}

function judgeListeners(incident: Incident, balancer: LoadBalancer, link: LinkV1): readonly Judgement[] {
  const doors = doorsOf(incident, balancer)
  if (!doors.known) return notKnown(doors.missing)
  const closed = doors.value.filter(({ from }) => !from.anybody)
  if (closed.length === 0)
    return absent(`the groups of ${balancerName(balancer)} admit every address on its listeners’ ports`)
  return [present(balancer, link, closed)]
}

function present(balancer: LoadBalancer, link: LinkV1, closed: readonly Door[]): Judgement {
  const name = balancerName(balancer)
  const { LoadBalancerArn: loadBalancerArn, SecurityGroups: groupIds = [] } = balancer
  const ports = closed.map(({ listener }) => listenerText(listener)).join(', ')
  // Which addresses API Gateway sends from is not published: a narrow rule could hold them, though hardly.
  const none = closed.every(({ from }) => from.cidrs.length === 0 && from.prefixLists.length === 0)
  return {
    kind: 'present',
    confidence: none ? 'proven' : 'likely',
    title: `Load balancer ${name} applies its inbound rules to PrivateLink traffic, and they do not admit API Gateway’s VPC link ${link.name} on ${ports}`,
    component: balancerComponent(balancer),
    evidence: [
      balancerEvidence(balancer, ENFORCED, 'off, or inbound rules that admit API Gateway’s addresses'),
      ...closed.flatMap((door) => groupsEvidence(door, groupIds)),
      {
        operation: V1,
        resource: link.id,
        field: 'targetArns',
        observed: link.targetArns,
        expected: 'what calls it',
      },
    ],
    targets: [],
    fixes: [
      {
        title: `Do not apply the inbound rules of ${name} to PrivateLink traffic`,
        patches: [{ kind: 'private-link-enforcement', loadBalancerArn, groupIds, value: 'off' }],
        verifiable: true,
      },
    ],
  }
}
