/** Attributes of load balancers and target groups. */
import { keyedResponse, known, unknown } from '../../snapshot/known.ts'
import type { Known, Scope } from '../../snapshot/types.ts'

const ELB = 'elasticloadbalancing'

/** Values by key, all of them text; an attribute that is not there has AWS's default. */
export type Attributes = Known<Readonly<Record<string, string>>>

export const targetGroupAttributes = (scope: Scope, arn: string): Attributes =>
  attributesOf(scope, `${ELB}:DescribeTargetGroupAttributes`, arn)

export const loadBalancerAttributes = (scope: Scope, arn: string): Attributes =>
  attributesOf(scope, `${ELB}:DescribeLoadBalancerAttributes`, arn)

function attributesOf(
  scope: Scope,
  operation: `${typeof ELB}:DescribeTargetGroupAttributes` | `${typeof ELB}:DescribeLoadBalancerAttributes`,
  arn: string,
): Attributes {
  const found = keyedResponse(scope, operation, arn)
  if (!found.known) return found
  const list = found.value.Attributes
  if (!list) return unknown(operation, 'the response holds no list')
  if (list.some(({ Key }) => Key === undefined))
    return unknown(operation, 'an attribute came without its key')
  return known(Object.fromEntries(list.map(({ Key = '', Value = '' }) => [Key, Value])))
}

/** @param otherwise AWS's default @returns not known where the value is neither "true" nor "false" */
export function flagOf(
  attributes: Attributes,
  key: string,
  otherwise: boolean,
  teller: string,
): Known<boolean> {
  if (!attributes.known) return attributes
  const value = attributes.value[key]
  if (value === undefined) return known(otherwise)
  if (value === 'true' || value === 'false') return known(value === 'true')
  return unknown(teller, `${key} has the value ${JSON.stringify(value)}`)
}
