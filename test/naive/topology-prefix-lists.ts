import { ACCOUNT, ids } from './topology-ids.ts'
import type { NetworkPlan } from './topology-plan.ts'

/** What a gateway endpoint leads to. */
const SERVICE = '52.219.0.0/20'

/** The account's own lists, and AWS's where there is a gateway endpoint. */
export function prefixListsOf(plan: NetworkPlan, region: string) {
  const own = plan.prefixLists.map((cidrs, index) => ({
    id: ids.prefixList(index),
    name: `offices-${index}`,
    owner: ACCOUNT,
    cidrs,
  }))
  const aws = {
    id: ids.servicePrefixList,
    name: `com.amazonaws.${region}.s3`,
    owner: 'AWS',
    cidrs: [SERVICE],
  }
  const lists = plan.vpcs.some(({ endpoint }) => endpoint) ? [...own, aws] : own
  return {
    'ec2:DescribeManagedPrefixLists': {
      PrefixLists: lists.map(({ id, name, owner }) => ({
        PrefixListId: id,
        PrefixListName: name,
        AddressFamily: 'IPv4',
        OwnerId: owner,
        State: 'create-complete',
      })),
    },
    'ec2:GetManagedPrefixListEntries': Object.fromEntries(
      lists.map(({ id, cidrs }) => [id, { Entries: cidrs.map((Cidr) => ({ Cidr })) }]),
    ),
  }
}
