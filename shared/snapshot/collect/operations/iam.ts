/** IAM's part of the table: the roles of task definitions in use. https://docs.aws.amazon.com/IAM/latest/APIReference/ */
import type { IAM } from '@aws-sdk/client-iam'
import { further, orNone } from '../fetch.ts'
import { idsOfEach, type KeyedTable, type KeySource } from '../keyed.ts'
import { rolesOf } from './named.ts'

/** Modelled and unmodelled name of the same error. */
const NONE = ['NoSuchEntityException', 'NoSuchEntity']

const roles: KeySource = { from: ['ecs:DescribeTaskDefinition', 'ecs:DescribeTasks'], keys: rolesOf }

const getRole = orNone(
  further('iam', (iam, RoleName: string) => iam.getRole({ RoleName })),
  NONE,
  {},
)
const attached = orNone(
  further('iam', (iam, RoleName: string) => iam.paginateListAttachedRolePolicies({ RoleName }), {
    AttachedPolicies: {},
  }),
  NONE,
  { AttachedPolicies: [] },
)
const inline = orNone(
  further('iam', (iam, RoleName: string) => iam.paginateListRolePolicies({ RoleName }), { PolicyNames: {} }),
  NONE,
  { PolicyNames: [] },
)
const inlinePolicy = orNone(
  further('iam', (iam, key: string) => {
    const [RoleName, PolicyName] = key.split('/')
    return iam.getRolePolicy({ RoleName, PolicyName })
  }),
  NONE,
  {},
)
const defaultVersion = orNone(further('iam', getDefaultVersion), NONE, {})

async function getDefaultVersion(iam: IAM, PolicyArn: string): Promise<object> {
  const { Policy } = await iam.getPolicy({ PolicyArn })
  return iam.getPolicyVersion({ PolicyArn, VersionId: Policy?.DefaultVersionId })
}

const attachedPolicies = idsOfEach('iam:ListAttachedRolePolicies', 'AttachedPolicies', 'PolicyArn')

/** Attached policies, and permissions boundaries, which are policies too. */
const policies: KeySource = {
  from: ['iam:ListAttachedRolePolicies', 'iam:GetRole'],
  keys: (responses) => {
    const boundaries = Object.values(responses['iam:GetRole'] ?? {}).map(
      ({ Role }) => Role?.PermissionsBoundary?.PermissionsBoundaryArn,
    )
    return [
      ...new Set([...attachedPolicies.keys(responses), ...boundaries.filter((arn) => arn !== undefined)]),
    ]
  },
}

/** `role/policy`: neither name can hold a slash. */
const inlinePolicies: KeySource = {
  from: ['iam:ListRolePolicies'],
  keys: (responses) =>
    Object.entries(responses['iam:ListRolePolicies'] ?? {}).flatMap(([role, { PolicyNames = [] }]) =>
      PolicyNames.map((policy) => `${role}/${policy}`),
    ),
}

export const iamKeyed = {
  'iam:GetRole': { ...roles, fetch: getRole },
  'iam:ListAttachedRolePolicies': { ...roles, fetch: attached },
  'iam:ListRolePolicies': { ...roles, fetch: inline },
  'iam:GetRolePolicy': { ...inlinePolicies, fetch: inlinePolicy },
  'iam:GetPolicyVersion': { ...policies, fetch: defaultVersion },
} as const satisfies KeyedTable
