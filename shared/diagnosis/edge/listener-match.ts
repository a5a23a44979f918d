/**
 * Whether the load balancer has the listener that an integration calls.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-private-integration.html
 */
import type { Missing } from '../../snapshot/types.ts'
import type { Caller, HttpCall, RestCall } from './callers.ts'
import type { Listener } from './listeners.ts'

export type ListenerMatch =
  | { readonly kind: 'fits'; readonly listener: Listener }
  /** `asks`: what is called, "http on port 8080"; `fitting`: listeners that speak its scheme. */
  | { readonly kind: 'mismatch'; readonly asks: string; readonly fitting: readonly Listener[] }
  | { readonly kind: 'unclear'; readonly missing: Missing }

export function matchListener(caller: Caller, listeners: readonly Listener[]): ListenerMatch {
  return caller.kind === 'rest' ? matchUrl(caller, listeners) : matchArn(caller, listeners)
}

/** What a listener speaks to who calls it by a scheme; TCP passes everything on. */
const SPEAKS: Readonly<Record<'http' | 'https', readonly string[]>> = {
  http: ['HTTP', 'TCP', 'TCP_UDP', 'TCP_QUIC'],
  https: ['HTTPS', 'TLS', 'TCP', 'TCP_UDP', 'TCP_QUIC'],
}

const DEFAULT_PORT = { http: 80, https: 443 } as const

function matchUrl({ uri, says }: RestCall, listeners: readonly Listener[]): ListenerMatch {
  const [, scheme, authority = ''] = /^(https?):\/\/([^/?#]+)/i.exec(uri ?? '') ?? []
  const operation = 'apigateway:GetResources'
  if (scheme === undefined) return unclear(operation, `${says} came without a URL that can be read`)
  const named = /:(\d+)$/.exec(authority)?.[1]
  if (authority.includes('${') && named === undefined)
    return unclear(operation, `the host and port that ${says} calls are stage variables`)
  const lower = scheme.toLowerCase() as 'http' | 'https'
  const port = named === undefined ? DEFAULT_PORT[lower] : Number(named)
  const fitting = listeners.filter(({ Protocol }) => SPEAKS[lower].includes(Protocol))
  const listener = fitting.find(({ Port }) => Port === port)
  return listener
    ? { kind: 'fits', listener }
    : { kind: 'mismatch', asks: `${lower} on port ${port}`, fitting }
}

function matchArn({ listenerArn, tls }: HttpCall, listeners: readonly Listener[]): ListenerMatch {
  const scheme = tls ? 'https' : 'http'
  const fitting = listeners.filter(({ Protocol }) => SPEAKS[scheme].includes(Protocol))
  const named = listeners.find(({ ListenerArn }) => ListenerArn === listenerArn)
  if (!named)
    return {
      kind: 'mismatch',
      asks: `listener ${listenerArn.split('/').at(-1)}, which does not exist,`,
      fitting,
    }
  return fitting.includes(named)
    ? { kind: 'fits', listener: named }
    : { kind: 'mismatch', asks: `${scheme} on its ${named.Protocol} listener ${named.Port}`, fitting }
}

const unclear = (missing: string, because: string): ListenerMatch => ({
  kind: 'unclear',
  missing: { missing, because },
})
