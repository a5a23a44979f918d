/** The listeners of a load balancer. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Listener.html */
import { keyedResponse, known, unknown } from '../../snapshot/known.ts'
import type { KeyedResponse } from '../../snapshot/operations.ts'
import type { Known, LoadBalancer, Scope } from '../../snapshot/types.ts'

const LISTENERS = 'elasticloadbalancing:DescribeListeners'

type Told = NonNullable<KeyedResponse<typeof LISTENERS>['Listeners']>[number]

export type Listener = Told & { readonly Port: number; readonly Protocol: string }

/** @returns not known where the list, or the port or protocol of one, was not told */
export function listenersOf(
  scope: Scope,
  { LoadBalancerArn }: Pick<LoadBalancer, 'LoadBalancerArn'>,
): Known<readonly Listener[]> {
  const found = keyedResponse(scope, LISTENERS, LoadBalancerArn)
  if (!found.known) return found
  const list = found.value.Listeners
  if (!list) return unknown(LISTENERS, `the response for ${LoadBalancerArn} holds no list`)
  const cut = list.find((one) => !isWhole(one))
  if (cut) return unknown(LISTENERS, `${cut.ListenerArn} came without its port or protocol`)
  return known(list.filter(isWhole))
}

const isWhole = (listener: Told): listener is Listener =>
  listener.Port !== undefined && listener.Protocol !== undefined

/** What a listener's packets are. */
export function protocolsOf({ Protocol }: Listener): readonly ('tcp' | 'udp')[] {
  if (Protocol === 'UDP' || Protocol === 'QUIC') return ['udp']
  return Protocol === 'TCP_UDP' || Protocol === 'TCP_QUIC' ? ['tcp', 'udp'] : ['tcp']
}
