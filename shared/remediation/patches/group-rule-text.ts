/** A security-group rule in words: whom it lets reach whom. Both directions read from the client to the server. */
import type { Interface } from '../../network/interfaces.ts'
import { prefixListsOf } from '../../network/prefix-lists.ts'
import type { IpPermission } from '../../snapshot/types.ts'
import { counted, groupText, inBlock, trafficText, withGroup } from '../words.ts'
import type { PatchContext, PatchOf } from './kind.ts'

type Rule = PatchOf<'security-group-rule'>
type Where = Pick<PatchContext, 'network' | 'scope'>

export interface Side {
  readonly text: string
  readonly interfaces: readonly Interface[]
  /** Address blocks of which the rule speaks; absent for a group, which stands for all addresses. */
  readonly blocks?: readonly string[]
}

export function groupRuleText(patch: Rule, context: Where): string {
  const { IpProtocol = '-1', FromPort, ToPort } = patch.permission
  const own = ownSide(patch, context).text
  const others = peerSides(patch, context)
    .map(({ text }) => text)
    .join(', ')
  const [from, to] = patch.direction === 'egress' ? [own, others] : [others, own]
  return `${trafficText(IpProtocol, FromPort, ToPort)} from ${from} to ${to}`
}

export const ownSide = ({ groupId }: Pick<Rule, 'groupId'>, { network }: Where): Side =>
  groupSide(groupId, network)

export function peerSides({ groupId, permission }: Rule, { network, scope }: Where): readonly Side[] {
  const vpcId = network.groups[network.groupIndex.get(groupId) ?? -1]?.vpcId
  const blockSide = (cidr: string): Side => {
    const interfaces = inBlock(network, cidr, vpcId)
    const everywhere = cidr === '0.0.0.0/0' || cidr === '::/0'
    return {
      text: everywhere ? `anywhere (${cidr})` : `${cidr} (${counted(network, interfaces)})`,
      interfaces,
      blocks: [cidr],
    }
  }
  return [
    ...(permission.UserIdGroupPairs ?? []).flatMap(({ GroupId }) =>
      GroupId ? [groupSide(GroupId, network)] : [],
    ),
    ...blocksOf(permission).map(blockSide),
    ...(permission.PrefixListIds ?? []).flatMap(({ PrefixListId }) => {
      const entries = PrefixListId === undefined ? undefined : prefixListsOf(scope)(PrefixListId)
      if (!entries?.known) return PrefixListId ? [{ text: PrefixListId, interfaces: [], blocks: [] }] : []
      const interfaces = [...new Set(entries.value.flatMap((cidr) => inBlock(network, cidr, vpcId)))]
      return [
        { text: `${PrefixListId} (${counted(network, interfaces)})`, interfaces, blocks: entries.value },
      ]
    }),
  ]
}

function groupSide(groupId: string, network: Where['network']): Side {
  const interfaces = withGroup(network, groupId)
  const text = groupText(network, groupId)
  const amount = counted(network, interfaces)
  const inside = text.endsWith(')') ? `${text.slice(0, -1)}; ${amount})` : `${text} (${amount})`
  return { text: `every interface with ${inside}`, interfaces }
}

const blocksOf = ({ IpRanges = [], Ipv6Ranges = [] }: IpPermission): readonly string[] => [
  ...IpRanges.flatMap(({ CidrIp }) => CidrIp ?? []),
  ...Ipv6Ranges.flatMap(({ CidrIpv6 }) => CidrIpv6 ?? []),
]
