/** The policies of a role, gathered from what IAM said; the one place that knows the shapes of its responses. */
import * as z from 'zod'
import { keyedResponse, known, mapKnown, unknown } from '../snapshot/known.ts'
import type { KeyedOperation } from '../snapshot/operations.ts'
import type { Known, Missing, Scope } from '../snapshot/types.ts'
import { managedDocument } from './aws-managed.ts'
import { parsePolicy } from './parse.ts'
import { type PolicySet, policySet } from './policies.ts'
import type { Policy } from './policy.ts'

const shapes = {
  /** Without a `Role`, there is no such role. */
  'iam:GetRole': z.object({
    Role: z
      .object({
        AssumeRolePolicyDocument: z.unknown(),
        PermissionsBoundary: z.object({ PermissionsBoundaryArn: z.string() }).optional(),
      })
      .optional(),
  }),
  'iam:ListAttachedRolePolicies': z.object({
    AttachedPolicies: z.array(z.object({ PolicyArn: z.string() })),
    IsTruncated: z.boolean().optional(),
  }),
  'iam:ListRolePolicies': z.object({ PolicyNames: z.array(z.string()), IsTruncated: z.boolean().optional() }),
  'iam:GetRolePolicy': z.object({ PolicyDocument: z.unknown() }),
  'iam:GetPolicyVersion': z.object({ PolicyVersion: z.object({ Document: z.unknown() }) }),
} as const satisfies Partial<Record<KeyedOperation, z.ZodType>>

type IamOperation = keyof typeof shapes
type IamResponse<O extends IamOperation> = z.infer<(typeof shapes)[O]>

export interface RolePolicies {
  /** A role that does not exist has no policies, and nobody may take it on. */
  readonly exists: Known<boolean>
  /** Attached and inline. */
  readonly identity: PolicySet
  /** Absent where the role surely has none. */
  readonly boundary?: PolicySet
  /** The trust policy: who may take the role on. */
  readonly trust: PolicySet
}

export function rolePolicies(scope: Scope, roleName: string): RolePolicies {
  const role = mapKnown(ask(scope, 'iam:GetRole', roleName), ({ Role }) => Role)
  if (role.known && !role.value) return { exists: known(false), identity: without([]), trust: without([]) }
  const found = role as Known<Role>
  const boundary = boundaryOf(scope, found)
  return {
    exists: mapKnown(found, () => true),
    identity: union([attached(scope, roleName), inline(scope, roleName)]),
    ...(boundary && { boundary }),
    trust: policySet([trustOf(found, roleName)]),
  }
}

/** `arn:aws:iam::111122223333:role/path/oven-execution` -> `oven-execution`; undefined for what is no role. */
export const roleNameOf = (roleArn: string): string | undefined =>
  /^arn:[^:]*:iam::\d{12}:role\/(?:.*\/)?([^/]+)$/.exec(roleArn)?.[1]

type Role = NonNullable<IamResponse<'iam:GetRole'>['Role']>

const trustOf = (role: Known<Role>, roleName: string): Known<Policy> =>
  role.known
    ? parsePolicy(role.value.AssumeRolePolicyDocument, { operation: 'iam:GetRole', resource: roleName })
    : role

function boundaryOf(scope: Scope, role: Known<Role>): PolicySet | undefined {
  if (!role.known) return without([role.missing])
  const arn = role.value.PermissionsBoundary?.PermissionsBoundaryArn
  return arn === undefined ? undefined : policySet([managed(scope, arn)])
}

function attached(scope: Scope, roleName: string): PolicySet {
  const list = ask(scope, 'iam:ListAttachedRolePolicies', roleName)
  if (!list.known) return without([list.missing])
  const policies = policySet(list.value.AttachedPolicies.map(({ PolicyArn }) => managed(scope, PolicyArn)))
  return union([policies, rest(list.value, 'iam:ListAttachedRolePolicies', roleName)])
}

function inline(scope: Scope, roleName: string): PolicySet {
  const list = ask(scope, 'iam:ListRolePolicies', roleName)
  if (!list.known) return without([list.missing])
  const policies = policySet(list.value.PolicyNames.map((name) => inlinePolicy(scope, `${roleName}/${name}`)))
  return union([policies, rest(list.value, 'iam:ListRolePolicies', roleName)])
}

function inlinePolicy(scope: Scope, key: string): Known<Policy> {
  const found = ask(scope, 'iam:GetRolePolicy', key)
  if (!found.known) return found
  return parsePolicy(found.value.PolicyDocument, { operation: 'iam:GetRolePolicy', resource: key })
}

function managed(scope: Scope, arn: string): Known<Policy> {
  const found = ask(scope, 'iam:GetPolicyVersion', arn)
  const document = found.known ? found.value.PolicyVersion.Document : managedDocument(arn)
  if (document === undefined && !found.known) return found
  return parsePolicy(document, { operation: 'iam:GetPolicyVersion', resource: arn })
}

/** A response of another shape tells nothing. */
function ask<O extends IamOperation>(scope: Scope, operation: O, key: string): Known<IamResponse<O>> {
  const found = keyedResponse(scope, operation, key)
  if (!found.known) return found
  const parsed = shapes[operation].safeParse(found.value)
  return parsed.success
    ? known(parsed.data as IamResponse<O>)
    : unknown(operation, `the response for ${key} is not understood`)
}

const without = (missing: readonly Missing[]): PolicySet => ({ policies: [], missing })

const union = (sets: readonly PolicySet[]): PolicySet => ({
  policies: sets.flatMap(({ policies }) => policies),
  missing: sets.flatMap(({ missing }) => missing),
})

const rest = ({ IsTruncated }: { IsTruncated?: boolean }, operation: string, roleName: string): PolicySet =>
  without(IsTruncated ? [{ missing: operation, because: `the list for ${roleName} is cut short` }] : [])
