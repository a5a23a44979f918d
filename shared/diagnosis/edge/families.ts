/** A dualstack load balancer answers over IPv4 and IPv6: its groups need rules for both. */
import { keyedResponse } from '../../snapshot/known.ts'
import type { LoadBalancer } from '../../snapshot/types.ts'
import type { Fix } from '../fix.ts'
import type { Incident } from '../incident.ts'
import { absent, type Judgement, notKnown } from '../judgement.ts'
import { admitted, type Admitted, groupsEvidence } from './admitted.ts'
import { balancerEvidence, balancerName, type Listener, listenerText } from './words.ts'

const LISTENERS = 'elasticloadbalancing:DescribeListeners'

/** Whether clients are admitted by IPv4 addresses and by no IPv6 address at all. */
export function clientsByFamily({ network, scope }: Incident, balancer: LoadBalancer): readonly Judgement[] {
  const { IpAddressType: type, SecurityGroups: groups = [], LoadBalancerArn } = balancer
  if (groups.length === 0 || type === 'ipv4') return []
  if (type === undefined)
    return notKnown({
      missing: 'elasticloadbalancing:DescribeLoadBalancers',
      because: `the address type of ${balancerName(balancer)} is not told`,
    })
  const listeners = keyedResponse(scope, LISTENERS, LoadBalancerArn)
  if (!listeners.known) return notKnown(listeners.missing)
  const judged = (listeners.value.Listeners ?? []).map((listener) => ({
    listener,
    from: admitted(network, balancer, listener),
  }))
  const gap = judged.find(({ from }) => !from.known)
  if (gap && !gap.from.known) return notKnown(gap.from.missing)
  const lame = judged.flatMap(({ listener, from }) =>
    from.known && isIpv4Only(from.value) ? [{ listener, from: from.value }] : [],
  )
  if (lame.length > 0) return [present(balancer, groups, lame)]
  return absent(`the groups of ${balancerName(balancer)} admit IPv6 clients as well, or nobody by address`)
}

const isIpv6 = (cidr: string): boolean => cidr.includes(':')

/** Everybody by IPv4, nobody by IPv6: a list of some IPv4 addresses may be all the clients there are. */
const isIpv4Only = ({ anybody, cidrs, prefixLists }: Admitted): boolean =>
  anybody && prefixLists.length === 0 && !cidrs.some(isIpv6)

function present(
  balancer: LoadBalancer,
  groups: readonly string[],
  lame: readonly { readonly listener: Listener; readonly from: Admitted }[],
): Judgement {
  const name = balancerName(balancer)
  const [id = ''] = groups
  const ports = lame.map(({ listener }) => listenerText(listener)).join(', ')
  return {
    kind: 'present',
    confidence: 'proven',
    title: `Load balancer ${name} answers over IPv6, but its security group admits every IPv4 address and no IPv6 address to ${ports}`,
    component: { type: 'security-group', id },
    awsExplanationCode: 'ENI_SG_RULES_MISMATCH',
    evidence: [
      balancerEvidence(balancer, 'IpAddressType', 'ipv4, where nobody should come by IPv6'),
      ...lame.flatMap(({ listener, from }) => groupsEvidence(listener, from, groups)),
    ],
    targets: [],
    partial: true,
    fixes: [
      admitIpv6(
        name,
        id,
        lame.map(({ listener }) => listener),
      ),
    ],
  }
}

const admitIpv6 = (name: string, groupId: string, listeners: readonly Listener[]): Fix => ({
  title: `Admit IPv6 clients to load balancer ${name}`,
  patches: listeners.map(({ Port, Protocol }) => ({
    kind: 'security-group-rule',
    groupId,
    direction: 'ingress',
    permission: {
      IpProtocol: Protocol === 'UDP' || Protocol === 'QUIC' ? 'udp' : 'tcp',
      FromPort: Port,
      ToPort: Port,
      IpRanges: [],
      Ipv6Ranges: [{ CidrIpv6: '::/0' }],
      PrefixListIds: [],
      UserIdGroupPairs: [],
    },
  })),
  verifiable: true,
})
