/**
 * What a start needs to be allowed, held against the policies of the role, of the resource and of the endpoint on the way.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
import { type Decision, evaluate } from '../../../iam/evaluate.ts'
import { parsePolicy } from '../../../iam/parse.ts'
import { type Policies, type PolicySet, policySet } from '../../../iam/policies.ts'
import { contextOf, type Way } from '../../../iam/request.ts'
import { type RolePolicies, roleNameOf, rolePolicies } from '../../../iam/role-policies.ts'
import { shortName } from '../../../services/names.ts'
import { keyedResponse } from '../../../snapshot/known.ts'
import type { Missing, Scope, VpcEndpoint } from '../../../snapshot/types.ts'
import type { PermissionNeed } from '../needs/need.ts'
import type { StartFacts } from './facts.ts'
import { waysOf } from './words.ts'

export interface Permission {
  readonly need: PermissionNeed
  /** Absent where ECR asks in its own name. */
  readonly roleArn: string | undefined
  /** On the way, where the way is known. */
  readonly endpoint: VpcEndpoint | undefined
  /** By the role’s own policies and those of the resource. */
  readonly byRole: Decision | undefined
  /** By the endpoint's policy alone. */
  readonly byEndpoint: Decision | undefined
}

/** The role that fetches what containers need; a task may be started with another one than its definition's. */
export function executionRoleOf({ trouble, definition }: StartFacts): string | undefined {
  const task = trouble.failed[0]?.stop.task
  return (
    task?.overrides?.executionRoleArn ?? (definition.known ? definition.value.executionRoleArn : undefined)
  )
}

/** Of the execution role, and of ECR for the layers in S3. */
export function startPermissions(facts: StartFacts): readonly Permission[] {
  if (!facts.needs.known) return []
  const roleArn = executionRoleOf(facts)
  const name = roleArn === undefined ? undefined : roleNameOf(roleArn)
  const policies = name === undefined ? undefined : rolePolicies(facts.tasks.incident.scope, name)
  return distinctNeeds(facts.needs.value.permissions).flatMap((need) => {
    if (need.by === 'ecr') return [permission(facts, need, undefined, undefined)]
    return need.by === 'execution-role' && policies && roleArn
      ? [permission(facts, need, roleArn, policies)]
      : []
  })
}

const distinctNeeds = (needs: readonly PermissionNeed[]): readonly PermissionNeed[] => [
  ...new Map(needs.map((need) => [`${need.by} ${need.action} ${need.resource}`, need])).values(),
]

function permission(
  facts: StartFacts,
  need: PermissionNeed,
  roleArn: string | undefined,
  role: RolePolicies | undefined,
): Permission {
  const { scope } = facts.tasks.incident
  const endpoint = endpointOn(facts, need)
  const context = roleArn === undefined ? {} : contextOf(roleArn, scope.region, wayOf(facts, need, endpoint))
  const principal = roleArn === undefined ? {} : { principal: { kind: 'role', arn: roleArn } as const }
  const request = { action: need.action, resource: need.resource, context, ...principal }
  const own = role && policiesOf(scope, need, role)
  return {
    need,
    roleArn,
    endpoint,
    byRole: own && evaluate(request, own),
    byEndpoint: endpoint && evaluate(request, { endpoint: endpointPolicy(endpoint) }),
  }
}

/** Without the policy of a resource that is not collected: see `unread`. */
function policiesOf(scope: Scope, { resource: asked }: PermissionNeed, role: RolePolicies): Policies {
  const { identity, boundary } = role
  const [, account, repository] = /^arn:[\w-]+:ecr:[\w-]+:(\d+):repository\/(.+)$/.exec(asked) ?? []
  const resource =
    account === undefined || repository === undefined
      ? undefined
      : repositoryPolicy(scope, account, repository)
  return { identity, ...(boundary && { boundary }), ...(resource && { resource }) }
}

/** Policies of resources that are not collected, and could allow what a role's own do not. */
const UNREAD: Readonly<Record<string, string>> = {
  'secretsmanager:GetSecretValue': 'secretsmanager:GetResourcePolicy',
  'kms:Decrypt': 'kms:GetKeyPolicy',
  's3:GetObject': 's3:GetBucketPolicy',
  's3:GetBucketLocation': 's3:GetBucketPolicy',
}

/** Parameters and log groups have none that could speak of roles. */
export function unread({ action, resource }: PermissionNeed): Missing | undefined {
  const missing = UNREAD[action]
  return missing === undefined
    ? undefined
    : {
        missing,
        because: `the policy of ${resource} is not collected, and may allow what the role’s own do not`,
      }
}

const REPOSITORY = 'ecr:GetRepositoryPolicy'

function repositoryPolicy(scope: Scope, account: string, repository: string): PolicySet {
  const because = `the policy of ${repository} in account ${account} is not collected`
  if (account !== scope.accountId) return { policies: [], missing: [{ missing: REPOSITORY, because }] }
  const found = keyedResponse(scope, REPOSITORY, repository)
  if (!found.known) return { policies: [], missing: [found.missing] }
  const { policyText } = found.value
  return policyText === undefined
    ? { policies: [], missing: [] }
    : policySet([parsePolicy(policyText, { operation: REPOSITORY, resource: repository })])
}

const endpointPolicy = ({ VpcEndpointId: resource, PolicyDocument }: VpcEndpoint): PolicySet =>
  PolicyDocument === undefined
    ? {
        policies: [],
        missing: [{ missing: 'ec2:DescribeVpcEndpoints', because: `the policy of ${resource} is not told` }],
      }
    : policySet([parsePolicy(PolicyDocument, { operation: 'ec2:DescribeVpcEndpoints', resource })])

/** The endpoint through which the request goes from every subnet: the one that the name means, or the route's. */
function endpointOn(facts: StartFacts, { through, wayUnclear }: PermissionNeed): VpcEndpoint | undefined {
  if (through === undefined || wayUnclear) return undefined
  const { network } = facts.tasks.incident
  const ids = waysOf(facts)
    .filter(({ name, verdict }) => name === through && verdict !== 'blocked')
    .flatMap(({ explanation, resolution }) => [
      ...(resolution?.kind === 'endpoints'
        ? resolution.endpoints.map(({ VpcEndpointId }) => VpcEndpointId)
        : []),
      ...(explanation?.forward ?? []).flatMap(({ component }) =>
        component.type === 'vpc-endpoint' ? [component.id] : [],
      ),
    ])
  const [first] = ids
  const endpoint = first === undefined ? undefined : network.vpcEndpoints.get(first)
  return endpoint && shortName(endpoint.ServiceName ?? '') === through ? endpoint : undefined
}

function wayOf(facts: StartFacts, need: PermissionNeed, endpoint: VpcEndpoint | undefined): Way | undefined {
  if (endpoint?.VpcId !== undefined)
    return { kind: 'endpoint', vpcEndpointId: endpoint.VpcEndpointId, vpcId: endpoint.VpcId }
  const own = waysOf(facts).filter(({ name }) => name === need.through)
  const open =
    own.length > 0 &&
    own.every(({ verdict, resolution }) => verdict === 'reachable' && resolution?.kind === 'public')
  return open && !need.wayUnclear ? { kind: 'internet' } : undefined
}
