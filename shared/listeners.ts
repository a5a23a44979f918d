/**
 * The door of a load balancer: without a listener on the port nothing is accepted, however open the way is.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-listeners.html
 */
import { intersect, intervalSet, subtract } from './network/intervals.ts'
import { formatPorts, onePort, type PortSet } from './network/ports.ts'
import { hasPorts, TCP } from './network/protocol.ts'
import type { Flow } from './reachability/flow.ts'
import type { Component, Explanation, Hop, HopVerdict, Verdict } from './reachability/result.ts'
import { keyedResponse } from './snapshot/known.ts'
import type { Scope } from './snapshot/types.ts'

const OPERATION = 'elasticloadbalancing:DescribeListeners'

/** What is known of a way to a load balancer's addresses, with its listeners at the end of it. */
export function atListeners(way: Explanation, flow: Flow, scope: Scope, arn: string): Explanation {
  if (!hasPorts(flow.protocol)) return way
  const found = keyedResponse(scope, OPERATION, arn)
  const listeners = found.known ? found.value.Listeners : undefined
  if (!listeners || listeners.some(({ Port, Protocol }) => Port === undefined || Protocol === undefined)) {
    const because = found.known ? `the listeners of ${arn} are not fully told` : found.missing.because
    const unknown = [...way.unknown, { missing: OPERATION, because }]
    return {
      ...withHop(way, arn, 'unknown', `not known: ${because}`),
      verdict: doubted(way.verdict),
      unknown,
    }
  }
  const open = intervalSet(
    listeners
      .filter(({ Protocol }) => serves(Protocol, flow.protocol))
      .flatMap(({ Port = 0 }) => onePort(Port)),
  )
  return behindDoor(way, arn, flow.destinationPorts, intersect(flow.destinationPorts, open), open)
}

const serves = (listener: string | undefined, protocol: number): boolean =>
  protocol === TCP ? !['UDP', 'QUIC'].includes(listener ?? '') : /UDP|QUIC/.test(listener ?? '')

function behindDoor(
  way: Explanation,
  arn: string,
  asked: PortSet,
  accepted: PortSet,
  open: PortSet,
): Explanation {
  const refused = subtract(asked, accepted)
  if (refused.length === 0)
    return withHop(way, arn, 'pass', `a listener accepts port ${formatPorts(accepted)}`)
  const there =
    open.length > 0 ? `its listeners use ${formatPorts(open)}` : 'it has no listener for this protocol'
  const explanation = `no listener accepts port ${formatPorts(refused)}: ${there}`
  const closed = accepted.length === 0
  const blocker = {
    leg: 'forward',
    direction: 'ingress',
    component: balancer(arn),
    awsExplanationCode: 'ELBV2_LISTENERS_MISMATCH',
    blocked: { destinationPorts: formatPorts(refused) },
    explanation,
  } as const
  return {
    ...withHop(way, arn, closed ? 'block' : 'partial', explanation),
    verdict: closed ? 'blocked' : way.verdict === 'reachable' ? 'partial' : way.verdict,
    blockers: [...way.blockers, blocker],
  }
}

const balancer = (id: string): Component => ({ type: 'load-balancer', id })

const doubted = (verdict: Verdict): Verdict => (verdict === 'blocked' ? 'blocked' : 'unknown')

function withHop(way: Explanation, arn: string, verdict: HopVerdict, explanation: string): Explanation {
  const hop: Hop = {
    sequence: way.forward.length + 1,
    component: balancer(arn),
    direction: 'ingress',
    verdict,
    explanation,
  }
  return { ...way, forward: [...way.forward, hop] }
}
