/** What IAM said of a role, quoted. */
import type { Evidence } from '../../../findings/finding.ts'
import type { Decision } from '../../../iam/evaluate.ts'
import type { Scope } from '../../../snapshot/types.ts'

export function roleEvidence({ responses }: Scope, roleName: string, expected: string): readonly Evidence[] {
  const attached = responses['iam:ListAttachedRolePolicies']?.[roleName]?.AttachedPolicies
  const inline = responses['iam:ListRolePolicies']?.[roleName]?.PolicyNames
  return [
    {
      operation: 'iam:ListAttachedRolePolicies',
      resource: roleName,
      field: 'AttachedPolicies',
      observed: attached,
      expected,
    },
    {
      operation: 'iam:ListRolePolicies',
      resource: roleName,
      field: 'PolicyNames',
      observed: inline,
      expected,
    },
  ]
}

/** The statements that deny. */
export const denialEvidence = (decision: Decision | undefined): readonly Evidence[] =>
  decision?.kind === 'denied'
    ? decision.by.map(({ origin, statement }) => ({
        operation: origin.operation,
        resource: origin.resource,
        field: `Statement[${statement.index}]`,
        observed: statement.text,
        expected: 'no Deny that applies',
      }))
    : []
