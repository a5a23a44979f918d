import { aws } from '../render/cli.ts'
import { cloudformation, logicalId } from '../render/cloudformation.ts'
import { label, terraform } from '../render/terraform.ts'
import { changeKeyed } from './change.ts'
import type { PatchKind, PatchOf } from './kind.ts'

type RolePolicy = PatchOf<'role-policy'>

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html */
export const rolePolicy: PatchKind<RolePolicy> = {
  apply(scope, { roleName, policyName, document }) {
    const named = changeKeyed(scope, 'iam:ListRolePolicies', roleName, (found) =>
      found.PolicyNames
        ? { ...found, PolicyNames: [...new Set([...found.PolicyNames, policyName])] }
        : undefined,
    )
    if (!named) return undefined
    const policy = { RoleName: roleName, PolicyName: policyName, PolicyDocument: JSON.stringify(document) }
    const policies = { ...named.responses['iam:GetRolePolicy'], [`${roleName}/${policyName}`]: policy }
    return { ...named, responses: { ...named.responses, 'iam:GetRolePolicy': policies } }
  },

  step: ({ roleName, policyName, document }, { scope }) => ({
    title: `Role ${roleName}: policy ${policyName}, which allows ${actionsOf(document)}`,
    cli: [
      aws('iam', 'put-role-policy', scope.region, {
        'role-name': roleName,
        'policy-name': policyName,
        'policy-document': JSON.stringify(document),
      }),
    ],
    cloudformation: cloudformation({
      [logicalId(roleName, policyName)]: {
        Type: 'AWS::IAM::RolePolicy',
        Properties: { RoleName: roleName, PolicyName: policyName, PolicyDocument: document },
      },
    }),
    terraform: terraform('aws_iam_role_policy', label(roleName, policyName), {
      values: { name: policyName, role: roleName },
      json: { policy: JSON.parse(JSON.stringify(document)) },
    }),
  }),

  opens: ({ roleName, document }) => `${actionsOf(document)} for role ${roleName}`,
}

const actionsOf = ({ Statement }: RolePolicy['document']): string =>
  Statement.flatMap((one) => ('Action' in one ? [one.Action].flat() : [])).join(', ')
