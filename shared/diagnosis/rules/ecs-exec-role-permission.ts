/**
 * The execution role may not do what a start needs: fetch images, secrets, parameters, make log streams. It is another
 * role than the task role, which the application uses.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */

import { roleNameOf } from '../../iam/role-policies.ts'
import { definitionEvidence } from '../ecs/evidence.ts'
import { judgeControlPolicies } from '../ecs/start/control-policies.ts'
import { startEvidenceOf } from '../ecs/start/evidence.ts'
import { judgeStarts, type StartFacts } from '../ecs/start/facts.ts'
import { judgeInstanceRole } from '../ecs/start/instance-role.ts'
import { executionRoleOf, type Permission, startPermissions } from '../ecs/start/permissions.ts'
import { refusalsOf } from '../ecs/start/refusals.ts'
import { denialEvidence, roleEvidence } from '../ecs/start/role-evidence.ts'
import { grantFixes } from '../ecs/start/role-fixes.ts'
import { judgeRole } from '../ecs/start/role-itself.ts'
import { verdictOn, weakest } from '../ecs/start/role-verdicts.ts'
import { definitionComponent, distinct, listText, tasksText } from '../ecs/start/words.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'

export const ecsExecRolePermission: CauseRule = {
  code: 'ecs.exec-role-permission',
  judge: (incident) => judgeStarts(incident, judge),
}

function judge(facts: StartFacts): readonly Judgement[] {
  if (!facts.needs.known) return notKnown(facts.needs.missing)
  const ofInstance = judgeInstanceRole(facts)
  const ofExecution = judgeExecutionRole(facts)
  return ofInstance.length > 0
    ? [...ofInstance, ...ofExecution.filter(({ kind }) => kind !== 'absent')]
    : ofExecution
}

function judgeExecutionRole(facts: StartFacts): readonly Judgement[] {
  const roleArn = executionRoleOf(facts)
  const roleName = roleArn === undefined ? undefined : roleNameOf(roleArn)
  if (roleName === undefined) return []
  const itself = judgeRole(facts, roleName)
  return itself.length > 0 ? itself : judgePermissions(facts, roleName)
}

function judgePermissions(facts: StartFacts, roleName: string): readonly Judgement[] {
  const asked = startPermissions(facts).flatMap((permission) =>
    permission.byRole
      ? [{ permission, verdict: verdictOn(permission, permission.byRole, facts.trouble) }]
      : [],
  )
  const lacking = asked.flatMap(({ permission, verdict }) =>
    verdict.kind === 'lacking' ? [{ permission, confidence: verdict.confidence }] : [],
  )
  const unknown = asked
    .flatMap(({ verdict }) => (verdict.kind === 'unknown' ? [verdict.missing] : []))
    .slice(0, 1)
  const granted = asked.flatMap(({ permission, verdict }) => (verdict.kind === 'granted' ? [permission] : []))
  const beyond = judgeControlPolicies(facts, roleName, granted)
  const [first, ...rest] = lacking
  if (!first && beyond.length > 0) return [...beyond, ...unknown.flatMap(notKnown)]
  if (!first)
    return unknown.length > 0
      ? unknown.flatMap(notKnown)
      : absent(`the policies of ${roleName} allow everything that the start needs`)
  const confidence = weakest([first, ...rest].map((one) => one.confidence))
  const permissions = lacking.map(({ permission }) => permission)
  return [present(facts, roleName, permissions, confidence), ...beyond, ...unknown.flatMap(notKnown)]
}

function present(
  facts: StartFacts,
  roleName: string,
  permissions: readonly Permission[],
  confidence: 'proven' | 'likely',
): Judgement {
  const actions = listText(distinct(permissions.map(({ need }) => need.action)))
  const { definition, tasks, trouble } = facts
  const arn = definition.known ? definition.value.taskDefinitionArn : undefined
  const refusals = permissions.flatMap((permission) => refusalsOf(trouble, permission))
  const denied = permissions.some(({ byRole }) => byRole?.kind === 'denied')
  return {
    kind: 'present',
    confidence,
    title: `The execution role ${roleName} of the ${tasksText(facts, [])} ${denied ? 'is denied' : 'may not do'} ${actions}`,
    component: definitionComponent(facts),
    evidence: [
      ...startEvidenceOf(refusals.length > 0 ? refusals : trouble.failed),
      ...permissions.map(({ need }) =>
        definitionEvidence(
          arn,
          need.field,
          need.observed,
          `${need.action} on ${need.resource}: the task ${need.why}`,
        ),
      ),
      ...roleEvidence(tasks.incident.scope, roleName, `a policy that allows ${actions}`),
      ...permissions.flatMap(({ byRole }) => denialEvidence(byRole)),
    ],
    targets: [],
    fixes: grantFixes(tasks.incident.scope, roleName, permissions),
  }
}
