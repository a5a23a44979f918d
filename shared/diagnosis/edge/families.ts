/** A dualstack load balancer answers over IPv4 and IPv6: its groups need rules for both. */
import type { LoadBalancer } from '../../snapshot/types.ts'
import type { Incident } from '../incident.ts'
import { absent, type Judgement, notKnown } from '../judgement.ts'
import type { Admitted } from './admitted.ts'
import { admitting, type Door, doorsOf, groupsEvidence } from './doors.ts'
import { balancerEvidence, balancerName, filtersNothing, listenerText } from './words.ts'

/** Whether clients are admitted by IPv4 addresses and by no IPv6 address at all. */
export function clientsByFamily(incident: Incident, balancer: LoadBalancer): readonly Judgement[] {
  const { IpAddressType: type, SecurityGroups: groups } = balancer
  const notTold = (what: string) =>
    notKnown({
      missing: 'elasticloadbalancing:DescribeLoadBalancers',
      because: `${what} of ${balancerName(balancer)} is not told`,
    })
  if (type === 'ipv4' || filtersNothing(balancer)) return []
  if (type === undefined) return notTold('the address type')
  if (!groups) return notTold('the list of groups')
  const doors = doorsOf(incident, balancer)
  if (!doors.known) return notKnown(doors.missing)
  const lame = doors.value.filter(({ from }) => isIpv4Only(from))
  if (lame.length > 0) return [present(balancer, groups, lame)]
  return absent(`the groups of ${balancerName(balancer)} admit IPv6 clients as well, or nobody by address`)
}

const isIpv6 = (cidr: string): boolean => cidr.includes(':')

/** Everybody by IPv4, nobody by IPv6: a list of some IPv4 addresses may be all the clients there are. */
const isIpv4Only = ({ anybody, cidrs, prefixLists }: Admitted): boolean =>
  anybody && prefixLists.length === 0 && !cidrs.some(isIpv6)

function present(balancer: LoadBalancer, groups: readonly string[], lame: readonly Door[]): Judgement {
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
      ...lame.flatMap((door) => groupsEvidence(door, groups)),
    ],
    targets: [],
    partial: true,
    fixes: [
      {
        title: `Admit IPv6 clients to load balancer ${name}`,
        patches: admitting(id, lame, { Ipv6Ranges: [{ CidrIpv6: '::/0' }] }),
        verifiable: true,
      },
    ],
  }
}
