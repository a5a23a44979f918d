/** Route 53's part of the table; it is the same from every Region. https://docs.aws.amazon.com/Route53/latest/APIReference/ */
import type {
  ListResourceRecordSetsCommandOutput,
  ResourceRecordSet,
  Route53,
} from '@aws-sdk/client-route-53'
import { further } from '../fetch.ts'
import { idsOf, type KeyedTable } from '../keyed.ts'

export const route53Unkeyed = {
  'route53:ListHostedZones': further('route53', (client, _: object) => client.paginateListHostedZones({}), {
    HostedZones: {},
  }),
} as const

/**
 * Aliases, and what shares a name with others by a routing policy. Plain records say nothing of load balancers, are
 * many, and some hold tokens.
 */
const leads = ({ AliasTarget, SetIdentifier }: ResourceRecordSet): boolean =>
  AliasTarget !== undefined || SetIdentifier !== undefined

/** The SDK has no paginator for it: each page says with which record set the next one begins. */
async function* pages(client: Route53, HostedZoneId: string): AsyncIterable<object> {
  let from = {}
  for (;;) {
    const page: ListResourceRecordSetsCommandOutput = await client.listResourceRecordSets({
      HostedZoneId,
      ...from,
    })
    yield { ResourceRecordSets: (page.ResourceRecordSets ?? []).filter(leads) }
    if (!page.IsTruncated) return
    from = {
      StartRecordName: page.NextRecordName,
      StartRecordType: page.NextRecordType,
      StartRecordIdentifier: page.NextRecordIdentifier,
    }
  }
}

export const route53Keyed = {
  'route53:ListResourceRecordSets': {
    ...idsOf('route53:ListHostedZones', 'HostedZones', 'Id'),
    fetch: further('route53', (client, zone: string) => pages(client, zone), { ResourceRecordSets: {} }),
  },
} as const satisfies KeyedTable
