/** What an end of a question is by its mere name, before AWS is asked: ends.ts resolves it when it has answered. */
import { parseAddress } from './network/address.ts'

export type NamedEnd =
  | { readonly kind: 'internet' }
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'interface'; readonly id: string }
  | { readonly kind: 'instance'; readonly id: string }
  | { readonly kind: 'task'; readonly arn: string; readonly cluster: string }
  | { readonly kind: 'load-balancer'; readonly name: string }

/** Of these, the id alone says as much. */
export const EC2_ARN = /^arn:aws[a-z-]*:ec2:[a-z0-9-]+:\d{12}:(network-interface|instance|vpc-endpoint)\//

const TASK = /:task\/([^/]+)\/[^/]+$/
const LOAD_BALANCER = /(?:^|:loadbalancer\/)(?:app|net)\/([^/]+)\/[^/]+$/
/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html */
const LOAD_BALANCER_NAME = /^[a-zA-Z0-9-]{1,32}$/

/** @returns undefined for what only a whole Region can tell: services, endpoints, ids without their kind */
export function namedEnd(text: string): NamedEnd | undefined {
  const value = text.trim().replace(EC2_ARN, '')
  if (value === 'internet') return { kind: 'internet' }
  if (parseAddress(value) !== undefined) return { kind: 'address', address: value }
  if (value.startsWith('eni-')) return { kind: 'interface', id: value }
  if (value.startsWith('vpce-')) return undefined
  const [, cluster] = TASK.exec(value) ?? []
  if (cluster !== undefined) return { kind: 'task', arn: value, cluster }
  const [, balancer] = LOAD_BALANCER.exec(value) ?? []
  if (balancer !== undefined) return { kind: 'load-balancer', name: balancer }
  if (/^i-[\w-]+$/.test(value)) return { kind: 'instance', id: value }
  if (/^[0-9a-f]{32}$/.test(value)) return undefined
  return LOAD_BALANCER_NAME.test(value) ? { kind: 'load-balancer', name: value } : undefined
}
