/**
 * awsvpc tasks are registered by address, tasks in bridge and host mode by instance. EC2 instances in a group of type
 * ip are in order; only what ECS registers is looked at.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-load-balancing.html
 */
import type { Evidence } from '../../findings/finding.ts'
import type { TargetGroup, TaskDefinition } from '../../snapshot/types.ts'
import { groupComponent, groupName, settingEvidence } from '../checks/evidence.ts'
import { serviceName } from '../checks/expected-by.ts'
import { definitionEvidence } from '../ecs/evidence.ts'
import type { Fix } from '../fix.ts'
import type { Incident, ServiceFacts } from '../incident.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'

export const tgTargetTypeMismatch: CauseRule = {
  code: 'tg.target-type-mismatch',
  judge(incident) {
    const { group, services } = incident
    if (!group) return []
    if (!services.known) return notKnown(services.missing)
    return services.value.flatMap((facts) => judgeService(incident, group.targetGroup, facts))
  },
}

function judgeService({ scope }: Incident, group: TargetGroup, facts: ServiceFacts): readonly Judgement[] {
  const { taskDefinition } = facts
  if (!taskDefinition.known) return notKnown(taskDefinition.missing)
  if (group.TargetType === undefined) return notKnown(typeMissing)
  const mode = networkModeOf(taskDefinition.value)
  const needed = mode === 'awsvpc' ? 'ip' : 'instance'
  if (group.TargetType === needed)
    return absent(`network mode ${mode} needs target type ${needed}, which the group has`)
  return [
    {
      kind: 'present',
      confidence: 'proven',
      title: `Target group ${groupName(group)} takes targets of type ${group.TargetType}, but tasks of service ${serviceName(facts)} use network mode ${mode}, which needs ${needed}`,
      component: groupComponent(group),
      evidence: [
        settingEvidence(group, 'TargetType', needed),
        definitionEvidence(
          taskDefinition.value.taskDefinitionArn,
          'networkMode',
          taskDefinition.value.networkMode ?? 'not set: ECS takes bridge on Linux',
          group.TargetType === 'ip' ? 'awsvpc' : 'bridge or host',
        ),
        ...eventEvidence(facts),
      ],
      targets: [],
      fixes: [recreate(group, needed, scope.region)],
    },
  ]
}

const typeMissing = {
  missing: 'elasticloadbalancing:DescribeTargetGroups',
  because: 'the target type of the group is not told',
}

/** Fargate knows awsvpc only; elsewhere ECS's default is bridge. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html */
const networkModeOf = ({ networkMode, requiresCompatibilities = [] }: TaskDefinition): string =>
  networkMode ?? (requiresCompatibilities.includes('FARGATE') ? 'awsvpc' : 'bridge')

function eventEvidence({ service }: ServiceFacts): readonly Evidence[] {
  const event = service.events?.find(({ message = '' }) =>
    /register|target type|network ?mode/i.test(message),
  )
  if (!event) return []
  return [
    {
      operation: 'ecs:DescribeServices',
      resource: service.serviceArn,
      field: 'events',
      observed: event.message,
      expected: 'targets are registered',
    },
  ]
}

/** The target type of a group cannot be changed. */
function recreate(group: TargetGroup, type: string, region: string): Fix {
  const { Protocol = 'HTTP', Port = 80, VpcId } = group
  const name = `${groupName(group)}-${type}`
  return {
    title: `Make a target group of type ${type} and move the listener and the service to it`,
    patches: [],
    verifiable: false,
    manual: {
      cli: [
        `aws elbv2 create-target-group --name ${name} --target-type ${type} --protocol ${Protocol} --port ${Port} --vpc-id ${VpcId} --region ${region}`,
      ],
    },
  }
}
