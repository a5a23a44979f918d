/** OpenSearch Serverless' part of the table. https://docs.aws.amazon.com/opensearch-service/latest/ServerlessAPIReference/ */
import type { OpenSearchServerless } from '@aws-sdk/client-opensearchserverless'
import type { Clients } from '../clients.ts'
import { all, answer, slices } from '../fetch.ts'
import type { Json } from '../json.ts'

/** BatchGetVpcEndpoint takes so many ids at once. */
const IDS = 100

/** The list gives ids, names and states; where the endpoints are, a second operation tells. */
async function vpcEndpoints(clients: Clients, _: object): Promise<Json> {
  const client = await clients.further('opensearchserverless')
  const pages = await all(client.paginateListVpcEndpoints({}))
  const summaries = pages.flatMap((page) => page.vpcEndpointSummaries ?? [])
  const details = await detailsOf(
    client,
    summaries.flatMap(({ id }) => id ?? []),
  )
  const vpcEndpointSummaries = summaries.map((summary) => ({
    ...summary,
    ...details.find(({ id }) => id === summary.id),
  }))
  return answer([{ vpcEndpointSummaries }], { vpcEndpointSummaries: {} })
}

async function detailsOf(client: OpenSearchServerless, ids: readonly string[]) {
  const answers = await Promise.all(slices(ids, IDS).map((some) => client.batchGetVpcEndpoint({ ids: some })))
  return answers.flatMap((one) => one.vpcEndpointDetails ?? [])
}

export const openSearchUnkeyed = {
  'opensearchserverless:ListVpcEndpoints': vpcEndpoints,
} as const
