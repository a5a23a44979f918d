/** From where the groups of a load balancer admit traffic to a listener. */
import type { Evidence } from '../../findings/finding.ts'
import { parseCidr } from '../../network/address.ts'
import { intervalSet } from '../../network/intervals.ts'
import type { Network } from '../../network/network.ts'
import type { GroupRule } from '../../network/security-groups.ts'
import type { Known, LoadBalancer } from '../../snapshot/types.ts'
import { type Listener, listenerText } from './words.ts'

export interface Admitted {
  /** Every IPv4 address. */
  readonly anybody: boolean
  readonly cidrs: readonly string[]
  readonly prefixLists: readonly string[]
  readonly groups: readonly string[]
}

const GROUPS = 'ec2:DescribeSecurityGroups'
const TCP = 6
const UDP = 17

/** @returns what the rules for the listener's port name; all of it empty where there is none */
export function admitted(network: Network, balancer: LoadBalancer, listener: Listener): Known<Admitted> {
  const rules: GroupRule[] = []
  for (const id of balancer.SecurityGroups ?? []) {
    const ingress = network.groups[network.groupIndex.get(id) ?? -1]?.ingress
    if (!ingress)
      return {
        known: false,
        missing: { missing: GROUPS, because: `the inbound rules of ${id} are not known` },
      }
    const [unclear] = ingress.unclear
    if (unclear) return { known: false, missing: unclear.missing }
    rules.push(...ingress.rules.filter((rule) => isFor(rule, listener)))
  }
  const named = (field: 'cidr' | 'prefixListId' | 'referencedGroupId') => [
    ...new Set(rules.flatMap((rule) => rule[field] ?? [])),
  ]
  const cidrs = named('cidr')
  return {
    known: true,
    value: {
      anybody: isEverything(cidrs),
      cidrs,
      prefixLists: named('prefixListId'),
      groups: named('referencedGroupId'),
    },
  }
}

/** Two halves are as good as the whole. */
function isEverything(cidrs: readonly string[]): boolean {
  const ranges = cidrs.flatMap((cidr) => {
    const range = parseCidr(cidr)?.range
    return typeof range?.from === 'number' ? [{ from: range.from, to: range.to as number }] : []
  })
  const [all] = intervalSet(ranges)
  return all?.from === 0 && all.to === 2 ** 32 - 1
}

const isFor = ({ protocol, ports }: GroupRule, { Port = -1, Protocol = '' }: Listener): boolean => {
  const spoken = ['UDP', 'QUIC'].includes(Protocol) ? [UDP] : Protocol === 'TCP_UDP' ? [TCP, UDP] : [TCP]
  return protocol === 'all' || (spoken.includes(protocol) && ports.from <= Port && Port <= ports.to)
}

export const sourcesOf = ({ cidrs, prefixLists, groups }: Admitted): readonly string[] => [
  ...cidrs,
  ...prefixLists,
  ...groups,
]

export const groupsEvidence = (
  listener: Listener,
  from: Admitted,
  groupIds: readonly string[],
): readonly Evidence[] =>
  groupIds.map((resource) => ({
    operation: GROUPS,
    resource,
    field: 'IpPermissions',
    observed: sourcesOf(from),
    expected: `whoever calls ${listenerText(listener)}`,
  }))
