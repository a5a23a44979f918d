/** What the analysis reads of IAM's responses. https://docs.aws.amazon.com/IAM/latest/APIReference/ */
import * as z from 'zod'
import { flag, list, policyDocument, text, timestamp } from './common.ts'

/** GetRole. No `Role` (`{}`): there is no such role. */
export const roleResponse = z.object({
  Role: z
    .object({
      RoleName: text,
      Arn: text,
      Path: text,
      AssumeRolePolicyDocument: policyDocument,
      PermissionsBoundary: z
        .object({ PermissionsBoundaryType: text, PermissionsBoundaryArn: text })
        .optional(),
    })
    .optional(),
})

/** Both lists are empty for a role that does not exist. */
export const attachedPolicies = z.object({
  AttachedPolicies: list(z.object({ PolicyName: text, PolicyArn: text })),
})
export const inlinePolicies = z.object({ PolicyNames: list(z.string()) })

/** GetRolePolicy. `{}`: there is none. */
export const inlinePolicy = z.object({ RoleName: text, PolicyName: text, PolicyDocument: policyDocument })

/** GetPolicyVersion, the default version. `{}`: there is no such policy. */
export const policyVersionResponse = z.object({
  PolicyVersion: z
    .object({ Document: policyDocument, VersionId: text, IsDefaultVersion: flag, CreateDate: timestamp })
    .optional(),
})
