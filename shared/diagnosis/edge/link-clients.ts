/** VPC links with interfaces of their own, as clients that the load balancer's groups must admit. */
import { parseCidr } from '../../network/address.ts'
import type { Network } from '../../network/network.ts'
import type { LoadBalancer } from '../../snapshot/types.ts'
import type { Incident } from '../incident.ts'
import { type Judgement, notKnown } from '../judgement.ts'
import { sourcesOf } from './admitted.ts'
import { callersOf } from './callers.ts'
import { admitting, type Door, groupsEvidence } from './doors.ts'
import { type LinkV2, V2 } from './vpc-links.ts'
import { balancerName, callersText, listenerText } from './words.ts'

export function strangerLinks(
  { network, scope }: Incident,
  balancer: LoadBalancer,
  sources: readonly Door[],
): readonly Judgement[] {
  const { list, missing } = callersOf(scope, balancer)
  const judged = list.flatMap((caller) => {
    const { link } = caller
    if (link.version !== 'V2' || !isFirst(list, caller)) return []
    const callers = list.filter((other) => other.link.id === link.id)
    const { groups, subnets } = link
    if (!groups || !subnets)
      return notKnown({ missing: V2, because: `${link.id} came without its subnets or groups` })
    const closed = sources.filter(({ from }) => !admits(network, from, groups, subnets))
    return closed.length === sources.length
      ? [stranger(balancer, link, groups, closed, callersText(callers))]
      : []
  })
  return [...judged, ...missing.flatMap(notKnown)]
}

const isFirst = (
  list: readonly { readonly link: { readonly id: string } }[],
  caller: { readonly link: { readonly id: string } },
): boolean => list.find(({ link }) => link.id === caller.link.id) === caller

/** A prefix list or a part of a subnet may hold the link's addresses: that is not called closed. */
function admits(
  network: Network,
  { cidrs, prefixLists, groups: admittedGroups }: Door['from'],
  groups: readonly string[],
  subnets: readonly string[],
): boolean {
  if (prefixLists.length > 0 || groups.some((id) => admittedGroups.includes(id))) return true
  const blocks = subnets.map((id) => network.subnets.get(id)?.cidr)
  return blocks.some((block) => !block || cidrs.some((cidr) => overlaps(cidr, block.range)))
}

function overlaps(
  cidr: string,
  range: { readonly from: number | bigint; readonly to: number | bigint },
): boolean {
  const other = parseCidr(cidr)?.range
  return (
    other !== undefined &&
    typeof other.from === typeof range.from &&
    other.from <= range.to &&
    range.from <= other.to
  )
}

function stranger(
  balancer: LoadBalancer,
  link: LinkV2,
  groups: readonly string[],
  closed: readonly Door[],
  callers: string,
): Judgement {
  const name = balancerName(balancer)
  const groupIds = balancer.SecurityGroups ?? []
  const [groupId = ''] = groupIds
  const ports = closed.map(({ listener }) => listenerText(listener)).join(', ')
  return {
    kind: 'present',
    confidence: 'proven',
    title: `Load balancer ${name} admits ${[...new Set(closed.flatMap(({ from }) => sourcesOf(from)))].join(', ') || 'nobody'} to ${ports}, but not VPC link ${link.name}, by which ${callers} comes`,
    component: { type: 'security-group', id: groupId },
    awsExplanationCode: 'ENI_SG_RULES_MISMATCH',
    evidence: [
      ...closed.flatMap((door) => groupsEvidence(door, groupIds)),
      {
        operation: V2,
        resource: link.id,
        field: 'SecurityGroupIds',
        observed: groups,
        expected: 'a group that is admitted',
      },
    ],
    targets: [],
    fixes: [
      {
        title: `Admit the group of VPC link ${link.name}`,
        patches: admitting(groupId, closed, { UserIdGroupPairs: [{ GroupId: groups[0] ?? '' }] }),
        verifiable: true,
      },
    ],
  }
}
