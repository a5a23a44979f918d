/** From where security groups admit traffic to a port. */
import { parseCidr } from '../../network/address.ts'
import { intervalSet } from '../../network/intervals.ts'
import type { Network } from '../../network/network.ts'
import { parseProtocol } from '../../network/protocol.ts'
import type { GroupRule } from '../../network/security-groups.ts'
import { known, unknown } from '../../snapshot/known.ts'
import type { Known } from '../../snapshot/types.ts'

export interface Admitted {
  /** Every IPv4 address. */
  readonly anybody: boolean
  readonly cidrs: readonly string[]
  readonly prefixLists: readonly string[]
  readonly groups: readonly string[]
}

const GROUPS = 'ec2:DescribeSecurityGroups'

/** @returns what the groups' rules for a port name; all of it empty where there is none */
export function admitted(
  network: Network,
  groupIds: readonly string[],
  port: number,
  protocols: readonly string[],
): Known<Admitted> {
  const numbers = protocols.map(parseProtocol)
  const isFor = ({ protocol, ports }: GroupRule) =>
    protocol === 'all' || (numbers.includes(protocol) && ports.from <= port && port <= ports.to)
  const rules: GroupRule[] = []
  for (const id of groupIds) {
    const ingress = network.groups[network.groupIndex.get(id) ?? -1]?.ingress
    if (!ingress) return unknown(GROUPS, `the inbound rules of ${id} are not known`)
    const [unclear] = ingress.unclear
    if (unclear) return { known: false, missing: unclear.missing }
    rules.push(...ingress.rules.filter(isFor))
  }
  const named = (field: 'cidr' | 'prefixListId' | 'referencedGroupId') => [
    ...new Set(rules.flatMap((rule) => rule[field] ?? [])),
  ]
  const cidrs = named('cidr')
  return known({
    anybody: isEverything(cidrs),
    cidrs,
    prefixLists: named('prefixListId'),
    groups: named('referencedGroupId'),
  })
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

export const sourcesOf = ({ cidrs, prefixLists, groups }: Admitted): readonly string[] => [
  ...cidrs,
  ...prefixLists,
  ...groups,
]
