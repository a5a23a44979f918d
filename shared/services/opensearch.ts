/**
 * OpenSearch Serverless answers for its names by endpoints of its own API only; one of EC2's does not serve it.
 * https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-vpc.html
 */
import { endpointsIn } from '../network/in-vpc.ts'
import type { Endpoint, Network } from '../network/network.ts'
import { listed } from '../snapshot/known.ts'
import { OPENSEARCH_SERVERLESS, shortName } from './names.ts'
import type { Asker, Resolution } from './resolved.ts'

const OPERATION = 'opensearchserverless:ListVpcEndpoints'

export function resolveOpenSearch(network: Network, { scope, vpcId }: Asker): Resolution {
  const list = listed(scope, OPERATION, 'vpcEndpointSummaries')
  if (!list.known) return { kind: 'unknown', missing: list.missing, endpoints: [] }
  const told = list.value.every((one) => one.vpcId !== undefined && one.status !== undefined)
  const own = list.value.filter((one) => one.vpcId === vpcId)
  const active = own.find(({ status }) => status === 'ACTIVE')
  const endpoint = active && endpointOf(network, active.id, vpcId)
  if (endpoint) return { kind: 'endpoints', endpoints: [endpoint] }
  if (active || !told) {
    const because = active
      ? `the interfaces of ${active.id} were not collected`
      : 'the VPC or status of an endpoint is not told'
    return {
      kind: 'unknown',
      missing: { missing: active ? 'ec2:DescribeNetworkInterfaces' : OPERATION, because },
      endpoints: [],
    }
  }
  const foreign = endpointsIn(network, vpcId).find(
    (one) => shortName(one.ServiceName ?? '') === OPENSEARCH_SERVERLESS,
  )
  if (foreign) return { kind: 'public', reason: { kind: 'other-api', endpointId: foreign.VpcEndpointId } }
  return { kind: 'public', reason: { kind: 'no-endpoint' } }
}

/** EC2 lists its interfaces, but not the endpoint. */
function endpointOf(network: Network, id: string, vpcId: string | undefined): Endpoint | undefined {
  const own = network.interfaces.filter(({ source }) => source.Description?.endsWith(id))
  if (own.length === 0) return network.vpcEndpoints.get(id)
  return { VpcEndpointId: id, VpcId: vpcId, NetworkInterfaceIds: own.map((nic) => nic.id) }
}
