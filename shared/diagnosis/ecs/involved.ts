/** Whether ECS may stand behind the targets at all. */
import type { Incident, TargetFacts } from '../incident.ts'

/**
 * Without any answer of ECS, and with no interface that ECS made, targets are instances like any other: that ECS was
 * not asked about them leaves no doubt then. An error of ECS's is an answer.
 */
export function mayBeTasks({ scope, group, services }: Incident): boolean {
  if (services.known) return services.value.length > 0
  const operations = [...Object.keys(scope.responses), ...Object.keys(scope.errors)]
  const targets = group?.targets.known ? group.targets.value : []
  return operations.some((operation) => operation.startsWith('ecs:')) || targets.some(isMadeByEcs)
}

/** "arn:aws:ecs:eu-west-1:111122223333:attachment/..." */
const isMadeByEcs = ({ end }: TargetFacts): boolean =>
  end.known && /^arn:aws[\w-]*:ecs:/.test(end.value.nic.source.Description ?? '')
