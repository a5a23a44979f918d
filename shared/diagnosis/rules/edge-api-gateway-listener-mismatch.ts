/**
 * API Gateway calls a scheme and port on which the load balancer does not listen: callers get a 500.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
 */
import type { LoadBalancer } from '../../snapshot/types.ts'
import { type Caller, callersOf } from '../edge/callers.ts'
import { matchListener } from '../edge/listener-match.ts'
import { type Listener, listenersOf } from '../edge/listeners.ts'
import {
  balancerComponent,
  balancerName,
  callersText,
  listenersEvidence,
  listenerText,
} from '../edge/words.ts'
import type { Fix, Patch } from '../fix.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'

export const edgeApiGatewayListenerMismatch: CauseRule = {
  code: 'edge.api-gateway-listener-mismatch',
  judge({ balancer, scope }) {
    if (!balancer) return []
    const { list, missing } = callersOf(scope, balancer)
    const gaps = missing.flatMap(notKnown)
    if (list.length === 0) return gaps
    const listeners = listenersOf(scope, balancer)
    if (!listeners.known) return notKnown(listeners.missing)
    const judged = judgeCallers(balancer, list, listeners.value, scope.region)
    if (judged.length > 0 || gaps.length > 0) return [...judged, ...gaps]
    return absent(`what API Gateway calls is there: ${callersText(list)}`)
  },
}

function judgeCallers(
  balancer: LoadBalancer,
  callers: readonly Caller[],
  listeners: readonly Listener[],
  region: string,
): readonly Judgement[] {
  const astray = new Map<string, { callers: Caller[]; fitting: readonly Listener[] }>()
  const unclear: Judgement[] = []
  for (const caller of callers) {
    const match = matchListener(caller, listeners)
    if (match.kind === 'unclear') unclear.push(...notKnown(match.missing))
    if (match.kind !== 'mismatch') continue
    const group = astray.get(match.asks) ?? { callers: [], fitting: match.fitting }
    group.callers.push(caller)
    astray.set(match.asks, group)
  }
  const present = [...astray].map(([asks, group]) =>
    presentOf(balancer, listeners, { asks, ...group }, region),
  )
  return [...present, ...unclear]
}

interface Astray {
  readonly asks: string
  readonly callers: readonly Caller[]
  readonly fitting: readonly Listener[]
}

function presentOf(
  balancer: LoadBalancer,
  listeners: readonly Listener[],
  { asks, callers, fitting }: Astray,
  region: string,
): Judgement {
  const name = balancerName(balancer)
  const there = listeners.length > 0 ? listeners.map(listenerText).join(', ') : 'nothing'
  return {
    kind: 'present',
    confidence: 'proven',
    title: `${callersText(callers)} calls load balancer ${name} by ${asks} but it listens on ${there}: callers get a 500`,
    component: balancerComponent(balancer),
    evidence: [
      ...callers.map(evidenceOf),
      listenersEvidence(balancer, listeners, `a listener for ${asks.replace(/,$/, '')}`),
    ],
    targets: [],
    fixes: [
      ...fitting.map((listener) => fixOf(callers, listener)),
      ...callers.flatMap((caller) => speakTls(caller, listeners, region)),
    ],
  }
}

const evidenceOf = (caller: Caller) =>
  caller.kind === 'rest'
    ? {
        operation: 'apigateway:GetResources',
        resource: caller.apiId,
        field: `resourceMethods.${caller.httpMethod}.methodIntegration.uri`,
        observed: caller.uri,
        expected: 'the scheme and port of a listener',
      }
    : {
        operation: 'apigatewayv2:GetIntegrations',
        resource: caller.apiId,
        field: 'IntegrationUri',
        observed: caller.listenerArn,
        expected: caller.tls ? 'a listener that speaks TLS' : 'a listener that speaks plain HTTP',
      }

const fixOf = (callers: readonly Caller[], listener: Listener): Fix => ({
  title: `Let API Gateway call ${listenerText(listener)}`,
  patches: callers.flatMap((caller) => patchOf(caller, listener)),
  verifiable: true,
})

/** A listener that speaks TLS wants a tlsConfig: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html */
function speakTls(caller: Caller, listeners: readonly Listener[], region: string): readonly Fix[] {
  if (caller.kind !== 'http' || caller.tls || caller.integrationId === undefined) return []
  const named = listeners.find(({ ListenerArn }) => ListenerArn === caller.listenerArn)
  if (!named || !['HTTPS', 'TLS'].includes(named.Protocol)) return []
  const command = `aws apigatewayv2 update-integration --api-id ${caller.apiId} --integration-id ${caller.integrationId} --tls-config ServerNameToVerify='<name on the certificate of the listener>' --region ${region}`
  const title = `Let API Gateway speak TLS to ${listenerText(named)}`
  return [{ title, patches: [], verifiable: false, manual: { cli: [command] } }]
}

function patchOf(caller: Caller, { ListenerArn, Port }: Listener): readonly Patch[] {
  if (caller.kind === 'http')
    return caller.integrationId === undefined
      ? []
      : [
          {
            kind: 'http-api-integration',
            apiId: caller.apiId,
            integrationId: caller.integrationId,
            uri: ListenerArn,
          },
        ]
  const uri = caller.uri?.replace(/^(https?:\/\/[^/?#:]+)(:\d+)?/i, `$1:${Port}`) ?? ''
  const { apiId, resourceId, httpMethod } = caller
  return [{ kind: 'rest-api-integration', apiId, resourceId, httpMethod, uri }]
}
