/**
 * Whether a Network Load Balancer's targets see the clients' addresses.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 */
import { known, unknown } from '../../snapshot/known.ts'
import type { Known } from '../../snapshot/types.ts'
import type { GroupFacts } from '../incident.ts'

export const PRESERVE = 'preserve_client_ip.enabled'

export interface ClientIp {
  readonly on: boolean
  /** It cannot be turned off. */
  readonly fixed: boolean
}

const DATAGRAMS = ['UDP', 'TCP_UDP', 'QUIC', 'TCP_QUIC']

/** The attribute, else AWS's default: on for instances and for UDP and QUIC, off for TCP and TLS by address. */
export function clientIpPreserved({ targetGroup, attributes }: GroupFacts): Known<ClientIp> {
  const { TargetType, Protocol } = targetGroup
  if (TargetType === undefined || Protocol === undefined)
    return unknown(
      'elasticloadbalancing:DescribeTargetGroups',
      'target type or protocol of the group is not told',
    )
  const datagrams = DATAGRAMS.includes(Protocol)
  if (TargetType === 'ip' && datagrams) return known({ on: true, fixed: true })
  if (!attributes.known) return attributes
  const value = attributes.value[PRESERVE]
  return known({ on: value === undefined ? TargetType === 'instance' : value === 'true', fixed: false })
}
