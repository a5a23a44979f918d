/**
 * A listener sends requests to a group in which nothing is registered: clients get 503 from an Application Load
 * Balancer and a reset from a Network Load Balancer.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
 */
import type { Evidence } from '../../findings/finding.ts'
import type { TargetGroup } from '../../snapshot/types.ts'
import { groupComponent, groupName } from '../checks/evidence.ts'
import { serviceName } from '../checks/expected-by.ts'
import type { Fix } from '../fix.ts'
import type { Forward, GroupFacts, Incident, ServiceFacts } from '../incident.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'

export const tgNoTargets: CauseRule = {
  code: 'tg.no-targets',
  judge(incident) {
    const { group } = incident
    if (!group?.targets.known) return []
    const count = group.targets.value.length
    if (count > 0) return absent(`${count} ${count === 1 ? 'target is' : 'targets are'} registered`)
    if (!group.forwards.known) return notKnown(group.forwards.missing)
    const serving = group.forwards.value.filter(({ weight }) => weight !== 0)
    const [first] = serving
    if (!first) return absent('nothing forwards to the group, so that it needs no target')
    const { services } = incident
    return [present(incident, group, first), ...(services.known ? [] : notKnown(services.missing))]
  },
}

function present({ services }: Incident, { targetGroup }: GroupFacts, forward: Forward): Judgement {
  const users = services.known ? services.value : []
  const running = users.reduce((sum, { service }) => sum + (service.runningCount ?? 0), 0)
  const [port, protocol] = [forward.listenerPort, forward.listenerProtocol]
  return {
    kind: 'present',
    // Tasks that run may be about to be registered; where ECS does not tell, tasks that do not start may be behind it.
    confidence: running > 0 || !services.known ? 'likely' : 'proven',
    title: `Listener ${protocol} ${port} forwards to ${groupName(targetGroup)}, in which nothing is registered${users.map(usersText).join('')}`,
    component: groupComponent(targetGroup),
    evidence: [
      {
        operation: 'elasticloadbalancing:DescribeTargetHealth',
        resource: targetGroup.TargetGroupArn,
        field: 'TargetHealthDescriptions',
        observed: [],
        expected: 'at least one registered target',
      },
      forwardEvidence(forward),
      ...users.flatMap(countEvidence),
    ],
    targets: [],
    fixes: fixesFor(targetGroup, users),
  }
}

function usersText(facts: ServiceFacts): string {
  const { desiredCount, runningCount } = facts.service
  const name = `; service ${serviceName(facts)}`
  if (desiredCount === 0) return `${name} is scaled to desiredCount 0`
  return runningCount === 0
    ? `${name} runs none of its ${desiredCount} tasks`
    : `${name} runs ${runningCount} tasks all the same`
}

const forwardEvidence = ({ ruleArn, listenerArn, weight }: Forward): Evidence => ({
  operation: `elasticloadbalancing:${ruleArn ? 'DescribeRules' : 'DescribeListeners'}`,
  resource: ruleArn ?? listenerArn,
  field: ruleArn ? 'Actions' : 'DefaultActions',
  observed: weight === undefined ? 'forward' : `forward with weight ${weight}`,
  expected: 'a group with targets',
})

const countEvidence = ({ service }: ServiceFacts): readonly Evidence[] =>
  (['desiredCount', 'runningCount'] as const).map((field) => ({
    operation: 'ecs:DescribeServices',
    resource: service.serviceArn,
    field,
    observed: service[field],
    expected: 'at least 1',
  }))

/** Tasks that do not start are the service's own matter. */
function fixesFor({ TargetGroupArn }: TargetGroup, users: readonly ServiceFacts[]): readonly Fix[] {
  const idle = users.flatMap(({ service }) =>
    service.desiredCount === 0 && service.clusterArn && service.serviceName
      ? [{ clusterArn: service.clusterArn, serviceName: service.serviceName }]
      : [],
  )
  if (users.length > 0)
    return idle.map(({ clusterArn, serviceName: name }) => ({
      title: `Run tasks of service ${name} again`,
      patches: [{ kind: 'service', clusterArn, serviceName: name, settings: { desiredCount: 1 } }],
      verifiable: false,
    }))
  return [
    {
      title: 'Register a target',
      patches: [
        {
          kind: 'targets',
          targetGroupArn: TargetGroupArn,
          action: 'register',
          targets: [{ id: '<instance id or IP address>' }],
        },
      ],
      verifiable: false,
    },
  ]
}
