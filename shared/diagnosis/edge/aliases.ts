/**
 * Record sets of Route 53 that lead to a load balancer and share their name with others by a routing policy.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy.html
 */
import type { LoadBalancer, Missing, RecordSet, Scope } from '../../snapshot/types.ts'

const ZONES = 'route53:ListHostedZones'
export const RECORDS = 'route53:ListResourceRecordSets'

export interface Alias {
  /** As the snapshot is keyed. */
  readonly zone: string
  readonly recordSet: RecordSet
  /** Other record sets of its name and type, to which Route 53 may send instead. */
  readonly others: readonly RecordSet[]
}

/** Those that are known, and why there may be more. Nothing is missing where nobody asked Route 53 at all. */
export interface Aliases {
  readonly list: readonly Alias[]
  readonly missing: readonly Missing[]
}

/** @param scopes a zone may belong to another account than the load balancer */
export function aliasesOf(scopes: readonly Scope[], { DNSName }: LoadBalancer): Aliases {
  if (DNSName === undefined) return { list: [], missing: [] }
  return {
    list: scopes.flatMap((scope) => aliasesIn(scope, hostName(DNSName))),
    missing: scopes.flatMap(gapsIn),
  }
}

const aliasesIn = ({ responses }: Scope, host: string): readonly Alias[] =>
  Object.entries(responses[RECORDS] ?? {}).flatMap(([zone, { ResourceRecordSets: all = [] }]) =>
    all
      .filter(({ AliasTarget }) => AliasTarget?.DNSName && hostName(AliasTarget.DNSName) === host)
      .map((recordSet) => ({ zone, recordSet, others: all.filter((other) => shares(recordSet, other)) })),
  )

const shares = (one: RecordSet, other: RecordSet): boolean =>
  one !== other && one.Name === other.Name && one.Type === other.Type

/** Route 53 writes names small, with a dot at the end; the console puts `dualstack.` before a load balancer's. */
const hostName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^dualstack\./, '')
    .replace(/\.$/, '')

function gapsIn({ responses, errors }: Scope): readonly Missing[] {
  const refused = ([ZONES, RECORDS] as const).flatMap((operation) => {
    const error = errors[operation]
    return error ? [{ missing: operation, because: `${error.name}: ${error.message}` }] : []
  })
  if (refused.length > 0) return refused
  const told = Object.entries(responses[RECORDS] ?? {}).flatMap(([zone, { ResourceRecordSets }]) =>
    ResourceRecordSets ? [idOf(zone)] : [],
  )
  const untold = (responses[ZONES]?.HostedZones ?? []).filter(({ Id }) => !told.includes(idOf(Id)))
  return untold.map(({ Id }) => ({ missing: RECORDS, because: `not collected for ${Id}` }))
}

/** `/hostedzone/Z0123` is also written `Z0123`. */
const idOf = (zone: string): string => zone.replace(/^\/hostedzone\//, '')
