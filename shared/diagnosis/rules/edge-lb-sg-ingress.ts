/**
 * The groups of a load balancer admit nobody to its listeners, or not the VPC link that calls it.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html
 */
import { keyedResponse } from '../../snapshot/known.ts'
import type { IpPermission, LoadBalancer } from '../../snapshot/types.ts'
import { admitted, groupsEvidence, sourcesOf } from '../edge/admitted.ts'
import { strangerLinks } from '../edge/link-clients.ts'
import { balancerName, type Listener, listenerText } from '../edge/words.ts'
import type { Fix } from '../fix.ts'
import type { Incident } from '../incident.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'

const LISTENERS = 'elasticloadbalancing:DescribeListeners'

export const edgeLbSgIngress: CauseRule = {
  code: 'edge.lb-sg-ingress',
  judge(incident) {
    const { balancer, scope } = incident
    if (!balancer) return []
    const { SecurityGroups: groups } = balancer
    if (groups?.length === 0 || (groups === undefined && balancer.Type === 'network')) return []
    if (groups === undefined)
      return notKnown({
        missing: 'elasticloadbalancing:DescribeLoadBalancers',
        because: `the groups of ${balancerName(balancer)} are not told`,
      })
    const listeners = keyedResponse(scope, LISTENERS, balancer.LoadBalancerArn)
    if (!listeners.known) return notKnown(listeners.missing)
    return judgeListeners(incident, balancer, listeners.value.Listeners ?? [])
  },
}

/** One port that nobody may use is somebody's choice; all of them are not. */
function judgeListeners(
  incident: Incident,
  balancer: LoadBalancer,
  listeners: readonly Listener[],
): readonly Judgement[] {
  const judged = listeners.map((listener) => ({
    listener,
    from: admitted(incident.network, balancer, listener),
  }))
  const gap = judged.find(({ from }) => !from.known)
  if (gap && !gap.from.known) return notKnown(gap.from.missing)
  const sources = judged.flatMap(({ listener, from }) => (from.known ? [{ listener, from: from.value }] : []))
  if (sources.length === 0) return []
  if (sources.every(({ from }) => sourcesOf(from).length === 0))
    return [admitsNobody(incident, balancer, sources)]
  const strangers = strangerLinks(incident, balancer, sources)
  return strangers.length > 0
    ? strangers
    : absent(
        `${balancerName(balancer)} admits ${sources.map(({ listener, from }) => `${sourcesOf(from).join(', ') || 'nobody'} to ${listenerText(listener)}`).join(', ')}`,
      )
}

type Source = Parameters<typeof strangerLinks>[2][number]

function admitsNobody({ network }: Incident, balancer: LoadBalancer, sources: readonly Source[]): Judgement {
  const name = balancerName(balancer)
  const [groupId = '', ...others] = balancer.SecurityGroups ?? []
  const group = network.groups[network.groupIndex.get(groupId) ?? -1]
  const ports = sources.map(({ listener }) => listenerText(listener)).join(', ')
  return {
    kind: 'present',
    confidence: 'proven',
    title: `The security group${others.length > 0 ? 's' : ''} of load balancer ${name} admit${others.length > 0 ? '' : 's'} nobody to ${ports}`,
    component: {
      type: 'security-group',
      id: groupId,
      ...(group?.name !== undefined && { name: group.name }),
    },
    awsExplanationCode: 'ENI_SG_RULES_MISMATCH',
    evidence: sources.flatMap(({ listener, from }) =>
      groupsEvidence(listener, from, balancer.SecurityGroups ?? []),
    ),
    targets: [],
    fixes: clientsFix(network.vpcs.get(balancer.VpcId ?? '')?.CidrBlock, balancer, sources),
  }
}

/** Who the clients are is not told: the VPC where the load balancer is internal, else the internet. */
function clientsFix(
  vpcCidr: string | undefined,
  balancer: LoadBalancer,
  sources: readonly Source[],
): readonly Fix[] {
  const cidr = balancer.Scheme === 'internet-facing' ? '0.0.0.0/0' : vpcCidr
  const [groupId] = balancer.SecurityGroups ?? []
  if (cidr === undefined || groupId === undefined) return []
  return [
    {
      title: `Admit ${cidr} to the listeners of ${balancerName(balancer)}, or narrower: whoever its clients are`,
      patches: sources.map(({ listener }) => ({
        kind: 'security-group-rule',
        groupId,
        direction: 'ingress',
        permission: permissionFor(listener, cidr),
      })),
      verifiable: true,
    },
  ]
}

const permissionFor = ({ Protocol, Port }: Listener, CidrIp: string): IpPermission => ({
  IpProtocol: Protocol === 'UDP' || Protocol === 'QUIC' ? 'udp' : 'tcp',
  FromPort: Port,
  ToPort: Port,
  IpRanges: [{ CidrIp }],
  Ipv6Ranges: [],
  PrefixListIds: [],
  UserIdGroupPairs: [],
})
