/**
 * VPC Block Public Access drops what comes from the internet. Health checks come from inside and are not concerned.
 * https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html
 */
import { publicAccess } from '../../network/public-access.ts'
import type { LoadBalancer } from '../../snapshot/types.ts'
import { namesOf } from '../checks/evidence.ts'
import type { Incident } from '../incident.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'
import { exclusionsEvidence, modeEvidence } from '../path/public-access-evidence.ts'

export const netPublicAccessBlocked: CauseRule = {
  code: 'net.public-access-blocked',
  judge(incident) {
    return incident.balancer ? judgeBalancer(incident, incident.balancer) : []
  },
}

function judgeBalancer(incident: Incident, balancer: LoadBalancer): readonly Judgement[] {
  const name = balancer.LoadBalancerName ?? balancer.LoadBalancerArn
  if (balancer.Scheme === undefined)
    return notKnown({
      missing: 'elasticloadbalancing:DescribeLoadBalancers',
      because: `the scheme of ${name} is not told`,
    })
  if (balancer.Scheme !== 'internet-facing') return absent(`${name} is internal`)
  const subnets = (balancer.AvailabilityZones ?? []).flatMap(({ SubnetId }) => SubnetId ?? [])
  const accesses = subnets.map((id) => ({
    id,
    access: publicAccess(incident.scope, balancer.VpcId, id, 'ingress'),
  }))
  const blocked = accesses.filter(({ access }) => access.known && access.value !== 'open')
  const [first] = blocked
  if (first?.access.known)
    return [
      present(incident, balancer, {
        mode: first.access.value,
        blocked: blocked.map(({ id }) => id),
        partial: blocked.length < subnets.length,
      }),
    ]
  const missing = accesses.flatMap(({ access }) => (access.known ? [] : [access.missing]))[0]
  return missing ? notKnown(missing) : absent(`VPC Block Public Access lets traffic in to ${name}`)
}

interface Block {
  readonly mode: string
  readonly blocked: readonly string[]
  readonly partial: boolean
}

function present({ scope }: Incident, balancer: LoadBalancer, { mode, blocked, partial }: Block): Judgement {
  const name = balancer.LoadBalancerName ?? balancer.LoadBalancerArn
  return {
    kind: 'present',
    confidence: 'proven',
    title: `VPC Block Public Access (${mode}) keeps the internet from load balancer ${name}${partial ? ` in ${namesOf(blocked)}` : ''}: neither its VPC nor its subnets are excluded`,
    component: { type: 'vpc-block-public-access', id: `${scope.accountId}/${scope.region}` },
    awsExplanationCode: 'VPC_BLOCK_PUBLIC_ACCESS_ENABLED',
    evidence: [
      modeEvidence(scope),
      exclusionsEvidence(
        scope,
        [balancer.VpcId ?? ''],
        `allow-bidirectional for ${balancer.VpcId} or ${namesOf(blocked)}`,
      ),
      {
        operation: 'elasticloadbalancing:DescribeLoadBalancers',
        resource: balancer.LoadBalancerArn,
        field: 'Scheme',
        observed: balancer.Scheme,
        expected: 'internal, where VPC Block Public Access is wanted',
      },
    ],
    targets: [],
    ...(partial && { partial }),
    fixes: [
      {
        title: `Exclude the subnets of load balancer ${name} from VPC Block Public Access`,
        patches: blocked.map((resourceId) => ({
          kind: 'public-access-exclusion',
          resourceId,
          mode: 'allow-bidirectional',
        })),
        verifiable: true,
      },
    ],
  }
}
