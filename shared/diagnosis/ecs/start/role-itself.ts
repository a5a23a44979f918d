/** A role that does not exist, or that ECS may not take on, whatever it would be allowed. */
import { evaluate } from '../../../iam/evaluate.ts'
import { rolePolicies } from '../../../iam/role-policies.ts'
import type { Judgement } from '../../judgement.ts'
import { definitionEvidence } from '../evidence.ts'
import { startEvidenceOf } from './evidence.ts'
import type { StartFacts } from './facts.ts'
import { executionRoleOf } from './permissions.ts'
import { pointingAt } from './trouble.ts'
import { definitionComponent, tasksText } from './words.ts'

const ECS_TASKS = 'ecs-tasks.amazonaws.com'

export function judgeRole(facts: StartFacts, roleName: string): readonly Judgement[] {
  const { exists, trust } = rolePolicies(facts.tasks.incident.scope, roleName)
  if (exists.known && !exists.value) return [present(facts, roleName, 'does not exist', {})]
  const request = {
    action: 'sts:AssumeRole',
    resource: executionRoleOf(facts) ?? '',
    principal: { kind: 'service', name: ECS_TASKS } as const,
    context: {},
  }
  const decision = evaluate(request, { resource: trust })
  if (decision.kind === 'allowed' || decision.kind === 'unknown') return []
  const { Role } = facts.tasks.incident.scope.responses['iam:GetRole']?.[roleName] ?? {}
  return [present(facts, roleName, `does not trust ${ECS_TASKS}`, Role?.AssumeRolePolicyDocument)]
}

function present(facts: StartFacts, roleName: string, what: string, observed: unknown): Judgement {
  const { definition, trouble } = facts
  const told = pointingAt(trouble, ['trust', 'authorization'])
  const arn = definition.known ? definition.value.taskDefinitionArn : undefined
  return {
    kind: 'present',
    confidence: told.length > 0 || trouble.silent ? 'proven' : 'likely',
    title: `The execution role ${roleName} of the ${tasksText(facts, [])} ${what}`,
    component: definitionComponent(facts),
    evidence: [
      ...startEvidenceOf(told.length > 0 ? told : trouble.failed),
      definitionEvidence(arn, 'executionRoleArn', executionRoleOf(facts), `a role that trusts ${ECS_TASKS}`),
      {
        operation: 'iam:GetRole',
        resource: roleName,
        field: 'AssumeRolePolicyDocument',
        observed,
        expected: `sts:AssumeRole for ${ECS_TASKS}`,
      },
    ],
    targets: [],
    fixes: [],
  }
}
