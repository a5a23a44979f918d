/**
 * What an organization's control policies deny no policy of the role gives, and no account can read them: AWS's own
 * refusal tells. https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
import type { Judgement } from '../../judgement.ts'
import { startEvidenceOf } from './evidence.ts'
import type { StartFacts } from './facts.ts'
import type { Permission } from './permissions.ts'
import { isNamed, refusalsOf } from './refusals.ts'
import type { FailedStart } from './trouble.ts'
import { definitionComponent, distinct, listText, tasksText } from './words.ts'

/** @param granted what the account's own policies allow */
export function judgeControlPolicies(
  facts: StartFacts,
  roleName: string,
  granted: readonly Permission[],
): readonly Judgement[] {
  const denied = granted.flatMap((permission) => {
    const refusals = refusalsOf(facts.trouble, permission).filter(isOfControl)
    return isNamed(refusals, permission) ? [{ permission, refusals }] : []
  })
  if (denied.length === 0) return []
  const actions = distinct(denied.map(({ permission }) => permission.need.action))
  return [
    {
      kind: 'present',
      confidence: 'likely',
      title: `A control policy of the organization denies the execution role ${roleName} of the ${tasksText(facts, [])} ${listText(actions)}`,
      component: definitionComponent(facts),
      evidence: startEvidenceOf(denied.flatMap(({ refusals }) => refusals)),
      targets: [],
      fixes: [],
    },
  ]
}

const isOfControl = ({ sayings }: FailedStart): boolean =>
  sayings.some(({ text }) => /\b(service|resource) control policy\b/i.test(text))
