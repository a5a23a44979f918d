/**
 * What the name of an AWS service resolves to inside a VPC, by Amazon's DNS: private DNS of an interface endpoint, else
 * public addresses. Other DNS servers (DHCP options) are not part of a snapshot.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html
 */
import { endpointsIn } from '../network/in-vpc.ts'
import type { Endpoint, Network } from '../network/network.ts'
import { keyedResponse, listed, notListed } from '../snapshot/known.ts'
import type { Missing } from '../snapshot/types.ts'
import { kindOf, OPENSEARCH_SERVERLESS, shortName } from './names.ts'
import { resolveOpenSearch } from './opensearch.ts'
import type { Asker, PublicReason, Resolution } from './resolved.ts'

const ENDPOINTS = 'ec2:DescribeVpcEndpoints'
const ATTRIBUTE = 'ec2:DescribeVpcAttribute'

/** @param service short name, such as "ecr.api" */
export function resolveService(network: Network, asker: Asker, service: string): Resolution {
  if (asker.vpcId === undefined)
    return unknown({
      missing: 'ec2:DescribeNetworkInterfaces',
      because: 'the VPC of the sender is not known',
    })
  if (service === OPENSEARCH_SERVERLESS) return resolveOpenSearch(network, asker)
  const list = listed(asker.scope, ENDPOINTS, 'VpcEndpoints')
  if (!list.known) return unknown(list.missing)
  const own = endpointsFor(network, asker, service)
  const answers = own.map((endpoint) => ({ endpoint, answer: answerOf(network, asker, service, endpoint) }))
  const speaking = answers.filter(({ answer }) => answer === 'answers').map(({ endpoint }) => endpoint)
  if (speaking.length > 0) return { kind: 'endpoints', endpoints: speaking }
  const doubtful = answers.find(({ answer }) => answer !== 'answers' && 'missing' in answer)
  if (doubtful) return unknown(doubtful.answer as Missing, own)
  if (own.length === 0 && !isWholeFor(asker))
    return unknown(notListed(asker.scope, ENDPOINTS, `an endpoint of ${asker.vpcId} for ${service}`))
  const [first] = answers
  return { kind: 'public', reason: (first?.answer as PublicReason | undefined) ?? { kind: 'no-endpoint' } }
}

/**
 * A selection lists the endpoints of the VPCs from which its subjects call services, all of them; that a VPC is one of
 * these its DNS attributes say, which are asked of the same VPCs (collect/selection/task-ways.ts).
 */
const isWholeFor = ({ scope, vpcId = '' }: Asker): boolean =>
  scope.coverage === 'region' || keyedResponse(scope, ATTRIBUTE, vpcId).known

const unknown = (missing: Missing, endpoints: readonly Endpoint[] = []): Resolution => ({
  kind: 'unknown',
  missing,
  endpoints,
})

/** Interface endpoints of the VPC for the service, in the Region of the one who asks. */
const endpointsFor = (network: Network, { vpcId }: Asker, service: string): readonly Endpoint[] =>
  endpointsIn(network, vpcId).filter(
    (one) =>
      one.VpcEndpointType !== 'Gateway' &&
      one.VpcEndpointType !== 'GatewayLoadBalancer' &&
      one.ServiceName !== undefined &&
      shortName(one.ServiceName) === service,
  )

function answerOf(
  network: Network,
  asker: Asker,
  service: string,
  endpoint: Endpoint,
): 'answers' | PublicReason | Missing {
  const { VpcEndpointId: endpointId, State: state, PrivateDnsEnabled: enabled, DnsOptions } = endpoint
  if (state === undefined || endpoint.VpcEndpointType === undefined)
    return { missing: ENDPOINTS, because: `${endpointId} came without its type or state` }
  if (state.toLowerCase() !== 'available') return { kind: 'not-available', endpointId, state }
  if (kindOf(network, service)?.privateDns === false)
    return { kind: 'no-private-dns-for-service', endpointId }
  if (enabled === undefined)
    return { missing: ENDPOINTS, because: `whether ${endpointId} has private DNS is not told` }
  if (!enabled) return { kind: 'private-dns-off', endpointId }
  if (DnsOptions?.PrivateDnsOnlyForInboundResolverEndpoint)
    return { kind: 'inbound-resolver-only', endpointId }
  return dnsOf(asker, endpointId)
}

/** Private DNS needs both DNS attributes of the VPC: https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html */
function dnsOf({ scope, vpcId = '' }: Asker, endpointId: string): 'answers' | PublicReason | Missing {
  const found = keyedResponse(scope, ATTRIBUTE, vpcId)
  if (!found.known) return found.missing
  const support = found.value.EnableDnsSupport?.Value
  const names = found.value.EnableDnsHostnames?.Value
  if (support === undefined || names === undefined)
    return { missing: ATTRIBUTE, because: `the DNS attributes of ${vpcId} are not told` }
  if (!support)
    return {
      missing: 'ec2:DescribeDhcpOptions',
      because: `Amazon’s DNS is off in ${vpcId}: another server answers`,
    }
  return names ? 'answers' : { kind: 'dns-host-names-off', endpointId }
}
