/**
 * On EC2 the agent pulls with the role of its instance. No policies of it are collected: AWS's own refusal tells.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/instance_IAM_role.html
 */
import { roleNameOf } from '../../../iam/role-policies.ts'
import type { Fix } from '../../fix.ts'
import type { Judgement } from '../../judgement.ts'
import { groupBy } from '../group-by.ts'
import { awsPolicyArn } from '../needs/arns.ts'
import type { Recognised } from '../stop-reasons/classify.ts'
import { startEvidenceOf } from './evidence.ts'
import type { StartFacts } from './facts.ts'
import { executionRoleOf } from './permissions.ts'
import { type FailedStart, pointingAt } from './trouble.ts'
import { definitionComponent, distinct, listText, tasksText } from './words.ts'

export function judgeInstanceRole(facts: StartFacts): readonly Judgement[] {
  const { needs, trouble } = facts
  if (!needs.known) return []
  const execution = roleNameOf(executionRoleOf(facts) ?? '')
  const actions = needs.value.permissions
    .filter(({ by }) => by === 'instance-role')
    .map(({ action }) => action.toLowerCase())
  const isOfInstance = ({ facts: { refused, role, action = '' } }: Recognised) =>
    refused && role !== undefined && role.name !== execution && actions.includes(action.toLowerCase())
  const refused = pointingAt(trouble, ['authorization'], isOfInstance)
  return groupBy(refused, roleOf).map((told) => present(facts, told))
}

const roleOf = ({ sayings }: FailedStart): string => sayings[0]?.facts.role?.name ?? ''

function present(facts: StartFacts, told: readonly [FailedStart, ...FailedStart[]]): Judgement {
  const roleName = roleOf(told[0])
  const sayings = told.flatMap((one) => one.sayings)
  const actions = distinct(sayings.flatMap(({ facts: { action } }) => action ?? []))
  const { region } = facts.tasks.incident.scope
  return {
    kind: 'present',
    confidence: 'proven',
    title: `The role ${roleName} of the container instances of ${tasksText(facts, [])} may not do ${listText(actions)}`,
    component: definitionComponent(facts),
    evidence: startEvidenceOf(told),
    targets: [],
    fixes: sayings.every(({ text }) => UNGRANTED.test(text)) ? [attachPolicy(roleName, region)] : [],
  }
}

/** No Deny, no boundary and no endpoint in the way. */
const UNGRANTED = /because no identity-based policy allows/i

const attachPolicy = (roleName: string, region: string): Fix => ({
  title: `Give ${roleName} AWS’s policy for container instances`,
  patches: [],
  verifiable: false,
  manual: {
    cli: [`aws iam attach-role-policy --role-name ${roleName} --policy-arn ${awsPolicyArn(region, POLICY)}`],
  },
})

const POLICY = 'service-role/AmazonEC2ContainerServiceforEC2Role'
