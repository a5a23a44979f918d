/**
 * Classic collections of OpenSearch Serverless are reached by endpoints of its own API; an endpoint of EC2's API does
 * not answer for their names (it serves collections on `on.aws` only).
 * https://docs.aws.amazon.com/opensearch-service/latest/developerguide/serverless-vpc.html
 */
import type { Evidence } from '../../findings/finding.ts'
import { OPENSEARCH_SERVERLESS } from '../../services/names.ts'
import { listed } from '../../snapshot/known.ts'
import { type Called, judgeCalls } from '../ecs/calls/calls.ts'
import { openSearchFixes } from '../ecs/calls/open-search-fixes.ts'
import { callEvidence, callersText, serviceName, subnetsText } from '../ecs/calls/words.ts'
import { endpointEvidence } from '../ecs/start/evidence.ts'
import type { CauseRule, Judgement } from '../judgement.ts'

export const svcEndpointWrongApi: CauseRule = {
  code: 'svc.endpoint-wrong-api',
  judge: (incident) => judgeCalls(incident, OPENSEARCH_SERVERLESS, (called) => [present(called)]),
}

function present(called: Called): Judgement {
  const { broken, made, service } = called
  const { vpcId = '' } = broken[0].place.subnet
  const beside = made ? `; ${made.VpcEndpointId} is one of EC2’s API, which does not serve it` : ''
  return {
    kind: 'present',
    confidence: 'likely',
    title: `${serviceName(service)} cannot be called by ${callersText(called)} from ${subnetsText(called)}: ${vpcId} has no active endpoint of its own API, and no way out${beside}`,
    component: made ? { type: 'vpc-endpoint', id: made.VpcEndpointId } : { type: 'vpc', id: vpcId },
    awsExplanationCode: broken[0].out.awsExplanationCode,
    evidence: [
      ...callEvidence(called),
      ownEvidence(called, vpcId),
      ...(made
        ? [
            endpointEvidence(
              made,
              'ServiceName',
              'an endpoint of OpenSearch Serverless’ own API in its place',
            ),
          ]
        : []),
    ],
    targets: [],
    fixes: openSearchFixes(called),
  }
}

const OPERATION = 'opensearchserverless:ListVpcEndpoints'

function ownEvidence({ tasks: { incident } }: Called, vpcId: string): Evidence {
  const found = listed(incident.scope, OPERATION, 'vpcEndpointSummaries')
  return {
    operation: OPERATION,
    resource: vpcId,
    field: 'vpcEndpointSummaries',
    observed: (found.known ? found.value : []).filter((one) => one.vpcId === vpcId),
    expected: 'an ACTIVE endpoint in this VPC',
  }
}
