/**
 * VPC links: of the first kind to Network Load Balancers over PrivateLink, of the second with interfaces of their own.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-vpc-links-v2.html
 */
import { known, listed, notListed, unknown } from '../../snapshot/known.ts'
import type { Known, Scope } from '../../snapshot/types.ts'

interface AnyLink {
  readonly id: string
  readonly name: string
  readonly status: string | undefined
}

export interface LinkV1 extends AnyLink {
  readonly version: 'V1'
  readonly targetArns: readonly string[]
}

export interface LinkV2 extends AnyLink {
  readonly version: 'V2'
  readonly groups: readonly string[] | undefined
  readonly subnets: readonly string[] | undefined
}

export type Link = LinkV1 | LinkV2

export const V1 = 'apigateway:GetVpcLinks'
export const V2 = 'apigatewayv2:GetVpcLinks'

export function linksV1(scope: Scope): Known<readonly LinkV1[]> {
  const list = listed(scope, V1, 'items')
  if (!list.known) return list
  const cut = list.value.find(({ targetArns }) => !targetArns)
  if (cut) return unknown(V1, `${cut.id} came without its targets`)
  return known(
    list.value.map(({ id, name = id, status, targetArns = [] }) => ({
      version: 'V1',
      id,
      name,
      status,
      targetArns,
    })),
  )
}

function linksV2(scope: Scope): Known<readonly LinkV2[]> {
  const list = listed(scope, V2, 'Items')
  if (!list.known) return list
  const links = list.value.map((one): LinkV2 => {
    const { VpcLinkId: id, Name: name = id, VpcLinkStatus: status } = one
    return { version: 'V2', id, name, status, groups: one.SecurityGroupIds, subnets: one.SubnetIds }
  })
  return known(links)
}

/** Ids of both kinds look the same. */
export function linkById(scope: Scope, id: string): Known<Link> {
  const lists = [linksV1(scope), linksV2(scope)]
  for (const list of lists) {
    const found = list.known ? (list.value as readonly Link[]).find((link) => link.id === id) : undefined
    if (found) return known(found)
  }
  const gap = lists.find((list) => !list.known)
  return gap && !gap.known ? gap : { known: false, missing: notListed(scope, V2, id) }
}
