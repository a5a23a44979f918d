/** How a service's name resolved, in words. */
import type { Endpoint } from '../network/network.ts'
import type { PublicReason, Resolution } from './resolved.ts'

export function resolutionText(service: string, region: string, resolution: Resolution): string {
  const name = `the name of ${service} in ${region}`
  switch (resolution.kind) {
    case 'endpoints':
      return `${name} resolves to ${resolution.endpoints.map(endpointText).join(' and ')} by private DNS`
    case 'public':
      return `${name} resolves to public addresses: ${reasonText(resolution.reason)}`
    case 'unknown':
      return `not known: ${resolution.missing.because}`
  }
}

function endpointText({ VpcEndpointId: id, PolicyDocument: policy }: Endpoint): string {
  return policy === undefined || isOpen(policy)
    ? id
    : `${id} (with a policy of its own, which is not asked here)`
}

/** The default policy allows everything. */
const isOpen = (policy: string): boolean => {
  const text = policy.replace(/\s/g, '')
  return text.includes('"Effect":"Allow"') && text.includes('"Action":"*"') && !text.includes('"Condition"')
}

function reasonText(reason: PublicReason): string {
  switch (reason.kind) {
    case 'no-endpoint':
      return 'no interface endpoint of the VPC answers for it'
    case 'not-available':
      return `${reason.endpointId} is ${reason.state}, not available`
    case 'private-dns-off':
      return `${reason.endpointId} has private DNS switched off`
    case 'no-private-dns-for-service':
      return `${reason.endpointId} answers by its own name only: the service has no private DNS`
    case 'inbound-resolver-only':
      return `${reason.endpointId} answers inbound Resolver endpoints only`
    case 'dns-host-names-off':
      return `the VPC’s DNS host names are off, so that ${reason.endpointId} does not answer for it`
    case 'other-api':
      return `${reason.endpointId} is an endpoint of EC2’s API, which does not serve OpenSearch Serverless`
  }
}
