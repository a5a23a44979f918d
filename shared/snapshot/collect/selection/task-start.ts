/** What the tasks of an incident need to start and to work: permissions, images, secrets, logs, volumes, and ways to AWS. */
import type { Responses } from '../../types.ts'
import { fileSystemsOf, logGroupsOf, taskRolesOf } from '../operations/named.ts'
import { type CollectedKeyed, keyed } from '../operations.ts'
import type { Session } from '../session.ts'
import { collectApiGateways } from './api-gateways.ts'
import { askInterfaces } from './interfaces.ts'
import type { OnTheWay } from './journey.ts'
import { collectTaskWays } from './task-ways.ts'

export async function collectTaskStart(session: Session, passed: OnTheWay): Promise<void> {
  await Promise.all([
    collectPermissions(session),
    askNamed(session, 'ecr:DescribeImages'),
    askNamed(session, 'ecr:GetRepositoryPolicy'),
    askNamed(session, 'secretsmanager:DescribeSecret'),
    askNamed(session, 'ssm:DescribeParameters'),
    ...logGroupsOf(session.responses).map((logGroupNamePrefix) =>
      session.ask('logs:DescribeLogGroups', { logGroupNamePrefix }),
    ),
    collectVolumes(session),
    collectTaskWays(session, passed),
    collectApiGateways(session),
  ])
}

/** By all keys that the responses so far give. */
const askNamed = (session: Session, operation: CollectedKeyed): Promise<void> =>
  session.askEach(operation, keyed[operation].keys(session.responses))

/** IAM is one for all Regions. */
async function collectPermissions(session: Session): Promise<void> {
  await Promise.all([
    askNamed(session, 'iam:GetRole'),
    askNamed(session, 'iam:ListAttachedRolePolicies'),
    askNamed(session, 'iam:ListRolePolicies'),
  ])
  await Promise.all([askNamed(session, 'iam:GetRolePolicy'), askNamed(session, 'iam:GetPolicyVersion')])
  if (mayCallOpenSearch(session.responses)) await session.ask('opensearchserverless:ListVpcEndpoints', {})
}

async function collectVolumes(session: Session): Promise<void> {
  const fileSystems = fileSystemsOf(session.responses)
  if (fileSystems.length === 0) return
  await session.ask('efs:DescribeMountTargets', { fileSystems })
  const targets = session.responses['efs:DescribeMountTargets']?.MountTargets ?? []
  await Promise.all([
    askInterfaces(
      session,
      'network-interface-id',
      targets.flatMap((one) => one.NetworkInterfaceId ?? []),
    ),
    askNamed(session, 'efs:DescribeMountTargetSecurityGroups'),
    askNamed(session, 'efs:DescribeFileSystemPolicy'),
  ])
}

/** Whether a task role's policy speaks of OpenSearch Serverless: `aoss:APIAccessAll`, URL-encoded or not. */
function mayCallOpenSearch(responses: Responses): boolean {
  const policies = taskRolesOf(responses).flatMap((role) => [
    ...Object.entries(responses['iam:GetRolePolicy'] ?? {})
      .filter(([key]) => key.startsWith(`${role}/`))
      .map(([, policy]) => policy.PolicyDocument),
    ...(responses['iam:ListAttachedRolePolicies']?.[role]?.AttachedPolicies ?? []).map(
      ({ PolicyArn = '' }) => responses['iam:GetPolicyVersion']?.[PolicyArn]?.PolicyVersion?.Document,
    ),
  ])
  return policies.some((policy) => /aoss(:|%3a)/i.test(JSON.stringify(policy ?? '')))
}
