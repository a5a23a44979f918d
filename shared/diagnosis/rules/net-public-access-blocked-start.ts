/**
 * VPC Block Public Access keeps tasks that start from the registry and AWS's APIs, where their way leads over an
 * internet gateway; its mode for what comes in spares only those behind a NAT gateway. https://docs.aws.amazon.com/vpc/latest/userguide/security-vpc-bpa-basics.html
 */
import type { StartBreach } from '../ecs/start/claims.ts'
import { type StartBreaches, startPathRule } from '../ecs/start/rule.ts'
import { distinct, listText, servicesText, tasksText } from '../ecs/start/words.ts'
import type { Incident } from '../incident.ts'
import { exclusionsEvidence, modeEvidence } from '../path/public-access-evidence.ts'

export const netPublicAccessBlockedStart = startPathRule({
  code: 'net.public-access-blocked',
  isOfChecksToo: true,
  tell(breaches, facts) {
    const { incident } = facts.tasks
    const places = gatewayPlaces(breaches, incident)
    const mode = exclusionFor(incident)
    return {
      title: `VPC Block Public Access keeps the ${tasksText(facts, breaches)} from ${servicesText(breaches)}: internet traffic of ${listText(places)} is stopped`,
      component: breaches[0].blocker.component,
      evidence: [
        modeEvidence(incident.scope),
        exclusionsEvidence(incident.scope, places, `${mode} for ${listText(places)}`),
      ],
      fixes: [
        {
          title: `Exclude ${listText(places)} from VPC Block Public Access${mode === 'allow-egress' ? ', for connections that open from inside' : ''}`,
          patches: places.map((resourceId) => ({
            kind: 'public-access-exclusion',
            resourceId,
            mode,
          })),
          verifiable: true,
        },
      ],
    }
  },
})

/** The exclusion for what opens from inside is of no use in the mode that stops what comes in. */
const exclusionFor = ({ scope }: Incident): 'allow-bidirectional' | 'allow-egress' =>
  scope.responses['ec2:DescribeVpcBlockPublicAccessOptions']?.VpcBlockPublicAccessOptions
    ?.InternetGatewayBlockMode === 'block-ingress'
    ? 'allow-bidirectional'
    : 'allow-egress'

const gatewayPlaces = (breaches: StartBreaches, incident: Incident): readonly string[] =>
  distinct(breaches.map((breach) => gatewayPlace(breach, incident)))

/** From where packets go to the internet gateway: the NAT gateway's subnet (or VPC), else the task's own. */
function gatewayPlace({ way }: StartBreach, { network }: Incident): string {
  const { subnet } = way.place
  const nat = way.explanation?.forward.findLast(({ component }) => component.type === 'nat-gateway')
  if (!nat) return subnet.id
  const { SubnetId, VpcId } = network.natGateways.get(nat.component.id) ?? {}
  return SubnetId ?? VpcId ?? subnet.id
}
