/** An inline policy with exactly what the start lacks. What is denied, or lies beyond a boundary, no grant can give. */
import { keyedResponse } from '../../../snapshot/known.ts'
import type { Scope } from '../../../snapshot/types.ts'
import type { Fix } from '../../fix.ts'
import type { Permission } from './permissions.ts'
import { anyOf, distinct } from './words.ts'

const POLICY_NAME = 'task-start'

export function grantFixes(
  scope: Scope,
  roleName: string,
  permissions: readonly Permission[],
): readonly Fix[] {
  const granting = permissions.every(
    ({ byRole }) =>
      byRole?.kind === 'not-allowed' &&
      byRole.lacking.includes('identity') &&
      !byRole.lacking.includes('boundary'),
  )
  if (!granting) return []
  const resources = distinct(permissions.map(({ need }) => anyOf(need.resource)))
  const statements = resources.map((Resource) => ({
    Effect: 'Allow',
    Action: distinct(
      permissions.filter(({ need }) => anyOf(need.resource) === Resource).map(({ need }) => need.action),
    ),
    Resource,
  }))
  const document = { Version: '2012-10-17', Statement: statements }
  return [
    {
      title: `Allow ${roleName} what the start needs`,
      patches: [{ kind: 'role-policy', roleName, policyName: freeName(scope, roleName), document }],
      verifiable: true,
    },
  ]
}

/** PutRolePolicy replaces a policy of the same name, and with it what an earlier cure allowed. */
function freeName(scope: Scope, roleName: string): string {
  const found = keyedResponse(scope, 'iam:ListRolePolicies', roleName)
  const taken = found.known ? (found.value.PolicyNames ?? []) : []
  let number = 1
  while (taken.includes(numbered(number))) number += 1
  return numbered(number)
}

const numbered = (number: number): string => (number === 1 ? POLICY_NAME : `${POLICY_NAME}-${number}`)
