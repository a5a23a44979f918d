/**
 * DynamoDB (or S3) from an isolated subnet. An interface endpoint without private DNS does not answer for the name that
 * SDKs call, and DynamoDB's never does: only a gateway endpoint leads to the service's public addresses.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/privatelink-interface-endpoints.html
 */
import type { Evidence } from '../../findings/finding.ts'
import { type Called, judgeCalls } from '../ecs/calls/calls.ts'
import { gatewayFixes, tablesOf } from '../ecs/calls/gateway-fixes.ts'
import { namedEndpoint } from '../ecs/calls/named-endpoint.ts'
import { callEvidence, callersText, confidenceOf, serviceName, subnetsText } from '../ecs/calls/words.ts'
import { endpointEvidence, endpointsEvidence, routesEvidence } from '../ecs/start/evidence.ts'
import { listText } from '../ecs/start/words.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'

const SERVICES = ['dynamodb', 's3'] as const

export const svcGatewayEndpointNeeded: CauseRule = {
  code: 'svc.gateway-endpoint-needed',
  judge(incident) {
    const judgements = SERVICES.flatMap((service) => judgeCalls(incident, service, judgeCall))
    const reasons = judgements.flatMap((one) => (one.kind === 'absent' ? [one.because] : []))
    const decisive = judgements.filter(({ kind }) => kind !== 'absent')
    return decisive.length > 0 || reasons.length === 0 ? decisive : absent(reasons.join('; '))
  },
}

function judgeCall(called: Called): readonly Judgement[] {
  const name = namedEndpoint(called)
  return name ? notKnown(name) : [present(called)]
}

function present(called: Called): Judgement {
  const { broken, made, service } = called
  const { vpcId = '' } = broken[0].place.subnet
  const tables = listText(tablesOf(called))
  const beside = made
    ? `${made.VpcEndpointId} does not answer for its name`
    : 'no endpoint answers for its name'
  return {
    kind: 'present',
    confidence: confidenceOf(called),
    title: `${serviceName(service)} cannot be called by ${callersText(called)}: ${beside}, so that it means public addresses, and ${tables} of ${subnetsText(called)} leads to no gateway endpoint and to nothing else outside of ${vpcId}`,
    component: made ? { type: 'vpc-endpoint', id: made.VpcEndpointId } : { type: 'vpc', id: vpcId },
    awsExplanationCode: broken[0].out.awsExplanationCode,
    evidence: [...callEvidence(called), ...endpointProof(called), ...routeProof(called)],
    targets: [],
    fixes: gatewayFixes(called),
  }
}

function endpointProof({ made, broken, service, tasks: { incident } }: Called): readonly Evidence[] {
  const expected = `a gateway endpoint for ${service}`
  return made
    ? [
        endpointEvidence(made, 'VpcEndpointType', `Gateway, beside it or in its place`),
        endpointEvidence(made, 'PrivateDnsEnabled', 'true, where the service has private DNS'),
      ]
    : [endpointsEvidence(incident, broken[0].place.subnet.vpcId, expected)]
}

const routeProof = (called: Called): readonly Evidence[] =>
  tablesOf(called).map((table) =>
    routesEvidence(
      called.tasks.incident,
      table,
      `a route of the prefix list of ${called.service} to a gateway endpoint`,
    ),
  )
