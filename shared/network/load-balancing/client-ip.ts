/**
 * Whether a Network Load Balancer's targets see the clients' addresses.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 */
import { known, mapKnown, unknown } from '../../snapshot/known.ts'
import type { Known, TargetGroup } from '../../snapshot/types.ts'
import { type Attributes, flagOf } from './attributes.ts'

export const PRESERVE = 'preserve_client_ip.enabled'

export interface ClientIp {
  readonly on: boolean
  /** It cannot be turned off. */
  readonly fixed: boolean
}

const DATAGRAMS = ['UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC']

/** The attribute, else AWS's default: on for instances and for UDP and QUIC, off for TCP and TLS by address. */
export function clientIpPreserved(
  { TargetType, Protocol }: TargetGroup,
  attributes: Attributes,
): Known<ClientIp> {
  if (TargetType === undefined || Protocol === undefined)
    return unknown(
      'elasticloadbalancing:DescribeTargetGroups',
      'target type or protocol of the group is not told',
    )
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/network/application-load-balancer-target.html
  if (TargetType === 'alb' || (TargetType === 'ip' && DATAGRAMS.includes(Protocol)))
    return known({ on: true, fixed: true })
  const teller = 'elasticloadbalancing:DescribeTargetGroupAttributes'
  const flag = flagOf(attributes, PRESERVE, TargetType === 'instance', teller)
  return mapKnown(flag, (on) => ({ on, fixed: false }))
}
