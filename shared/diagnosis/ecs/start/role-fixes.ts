/** An inline policy with exactly what the start lacks. What is denied, or lies beyond a boundary, no grant can give. */
import type { Fix } from '../../fix.ts'
import type { Permission } from './permissions.ts'
import { anyOf, distinct } from './words.ts'

const POLICY_NAME = 'task-start'

export function grantFixes(roleName: string, permissions: readonly Permission[]): readonly Fix[] {
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
      patches: [{ kind: 'role-policy', roleName, policyName: POLICY_NAME, document }],
      verifiable: true,
    },
  ]
}
