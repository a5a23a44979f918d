/** What a service's name resolved to, and why. */
import type { Endpoint } from '../network/network.ts'
import type { Missing, Scope } from '../snapshot/types.ts'

/** Why a name resolves to public addresses, with the endpoint that does not help. */
export type PublicReason =
  | { readonly kind: 'no-endpoint' }
  | { readonly kind: 'not-available'; readonly endpointId: string; readonly state: string }
  | { readonly kind: 'private-dns-off'; readonly endpointId: string }
  | { readonly kind: 'no-private-dns-for-service'; readonly endpointId: string }
  | { readonly kind: 'inbound-resolver-only'; readonly endpointId: string }
  | { readonly kind: 'dns-host-names-off'; readonly endpointId: string }
  | { readonly kind: 'other-api'; readonly endpointId: string }

export type Resolution =
  | { readonly kind: 'endpoints'; readonly endpoints: readonly Endpoint[] }
  | { readonly kind: 'public'; readonly reason: PublicReason }
  /** What would tell; `endpoints` are those that may answer. */
  | { readonly kind: 'unknown'; readonly missing: Missing; readonly endpoints: readonly Endpoint[] }

/** Where the name is asked for: a subnet's or an interface's VPC, as seen by its account. */
export interface Asker {
  readonly vpcId: string | undefined
  readonly scope: Scope
}
