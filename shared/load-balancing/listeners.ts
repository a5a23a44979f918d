/**
 * The doors of a load balancer: without a listener on the port nothing is accepted, however open the way is.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html
 */
import { type IntervalSet, intervalSet } from '../network/intervals.ts'
import { formatPorts, onePort } from '../network/ports.ts'
import { TCP } from '../network/protocol.ts'
import type { Blocker } from '../reachability/result.ts'
import { keyedResponse, known, unknown } from '../snapshot/known.ts'
import type { KeyedResponse } from '../snapshot/operations.ts'
import type { Known, LoadBalancer, Scope } from '../snapshot/types.ts'
import { balancerComponent } from './entrance.ts'

const OPERATION = 'elasticloadbalancing:DescribeListeners'

export type Listener = NonNullable<KeyedResponse<typeof OPERATION>['Listeners']>[number]

export interface Door {
  readonly port: number
  readonly listener: Listener
}

/** The listeners that take a protocol, TCP or UDP. */
export function doorsOf(
  scope: Scope,
  { LoadBalancerArn: arn }: LoadBalancer,
  protocol: number,
): Known<readonly Door[]> {
  const found = keyedResponse(scope, OPERATION, arn)
  if (!found.known) return found
  const list = found.value.Listeners
  if (!list || list.some(({ Port, Protocol }) => Port === undefined || Protocol === undefined))
    return unknown(OPERATION, `the listeners of ${arn} are not fully told`)
  return known(
    list
      .filter((listener) => serves(listener.Protocol, protocol))
      .map((listener) => ({ port: listener.Port ?? 0, listener })),
  )
}

const serves = (listener: string | undefined, protocol: number): boolean =>
  protocol === TCP ? !['UDP', 'QUIC'].includes(listener ?? '') : /UDP|QUIC/.test(listener ?? '')

export const openPorts = (doors: readonly Door[]): IntervalSet<number> =>
  intervalSet(doors.flatMap(({ port }) => onePort(port)))

export function noListener(
  balancer: LoadBalancer,
  doors: readonly Door[],
  refused: IntervalSet<number>,
): Blocker {
  const open = openPorts(doors)
  const there =
    open.length > 0 ? `its listeners use ${formatPorts(open)}` : 'it has no listener for this protocol'
  return {
    leg: 'forward',
    direction: 'ingress',
    component: balancerComponent(balancer),
    awsExplanationCode: 'ELBV2_LISTENERS_MISMATCH',
    blocked: { destinationPorts: formatPorts(refused) },
    explanation: `no listener accepts port ${formatPorts(refused)}: ${there}`,
  }
}
