/**
 * The policy of an endpoint refuses what the start asks through it. The layers of ECR’s images come from a bucket of
 * AWS’s, by a request that ECR has signed: a policy for the account’s own buckets or principals stops them.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-minimum-s3-perms
 */
import type { VpcEndpoint } from '../../snapshot/types.ts'
import { groupBy } from '../ecs/group-by.ts'
import { policyFixes } from '../ecs/start/endpoint-policy-fixes.ts'
import { endpointEvidence, startEvidenceOf } from '../ecs/start/evidence.ts'
import { judgeStarts, type StartFacts } from '../ecs/start/facts.ts'
import { type Permission, startPermissions } from '../ecs/start/permissions.ts'
import { refusalsOf } from '../ecs/start/refusals.ts'
import { verdictOn, weakest } from '../ecs/start/role-verdicts.ts'
import { anyOf, distinct, listText, tasksText } from '../ecs/start/words.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'

export const ecsVpcePolicy: CauseRule = {
  code: 'ecs.vpce-policy',
  judge: (incident) => judgeStarts(incident, judge),
}

interface Asked extends Permission {
  readonly endpoint: VpcEndpoint
  readonly confidence: 'proven' | 'likely'
}

function judge(facts: StartFacts): readonly Judgement[] {
  if (!facts.needs.known) return notKnown(facts.needs.missing)
  const asked = startPermissions(facts).flatMap((permission) => {
    const { endpoint, byEndpoint } = permission
    return endpoint && byEndpoint
      ? [{ ...permission, endpoint, verdict: verdictOn(permission, byEndpoint, facts.trouble) }]
      : []
  })
  const refused = asked.flatMap(({ verdict, ...permission }): readonly Asked[] =>
    verdict.kind === 'lacking' ? [{ ...permission, confidence: verdict.confidence }] : [],
  )
  const found = groupBy(refused, ({ endpoint }) => endpoint.VpcEndpointId).map((own) => present(facts, own))
  const unknown = asked
    .flatMap(({ verdict }) => (verdict.kind === 'unknown' ? [verdict.missing] : []))
    .slice(0, 1)
  if (found.length > 0 || unknown.length > 0) return [...found, ...unknown.flatMap(notKnown)]
  return asked.length > 0 ? absent('the policies of the endpoints allow everything that the start needs') : []
}

function present(facts: StartFacts, asked: readonly [Asked, ...Asked[]]): Judgement {
  const [{ endpoint }] = asked
  const actions = listText(distinct(asked.map(({ need }) => `${need.action} on ${anyOf(need.resource)}`)))
  const refusals = asked.flatMap((permission) => refusalsOf(facts.trouble, permission))
  return {
    kind: 'present',
    confidence: weakest(asked.map(({ confidence }) => confidence)),
    title: `The policy of ${endpoint.VpcEndpointId} refuses ${actions}, which the ${tasksText(facts, [])} need to start`,
    component: { type: 'vpc-endpoint', id: endpoint.VpcEndpointId },
    evidence: [
      ...startEvidenceOf(refusals.length > 0 ? refusals : facts.trouble.failed),
      endpointEvidence(endpoint, 'PolicyDocument', `a statement that allows ${actions}`),
    ],
    targets: [],
    fixes: policyFixes(endpoint, asked),
  }
}
