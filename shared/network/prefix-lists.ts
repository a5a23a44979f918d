/** Entries of managed prefix lists: https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html */
import { keyedResponse, known, unknown } from '../snapshot/known.ts'
import type { Known, Scope } from '../snapshot/types.ts'

const OPERATION = 'ec2:GetManagedPrefixListEntries'

/** Looks a prefix list up in the account and Region that refers to it. */
export type PrefixLists = (prefixListId: string) => Known<readonly string[]>

export const prefixListsOf =
  (scope: Scope): PrefixLists =>
  (prefixListId) => {
    const found = keyedResponse(scope, OPERATION, prefixListId)
    if (!found.known) return found
    const cidrs = found.value.Entries?.map(({ Cidr }) => Cidr)
    if (!cidrs || cidrs.includes(undefined))
      return unknown(OPERATION, `${prefixListId} came without its entries`)
    return known(cidrs as readonly string[])
  }
