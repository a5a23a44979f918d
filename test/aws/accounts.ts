/** Other accounts of moto, entered by the role that Organizations makes in each of them. */
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { sure } from './making.ts'

export interface AccountCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
}

/** https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access.html */
export async function enter(accountId: string, region: string): Promise<AccountCredentials> {
  const RoleArn = `arn:aws:iam::${accountId}:role/OrganizationAccountAccessRole`
  const request = new AssumeRoleCommand({ RoleArn, RoleSessionName: 'tests' })
  const { Credentials } = await new STSClient({ region }).send(request)
  return {
    accessKeyId: sure(Credentials?.AccessKeyId),
    secretAccessKey: sure(Credentials?.SecretAccessKey),
    sessionToken: sure(Credentials?.SessionToken),
  }
}

/** For the AWS CLI. */
export const asEnvironment = (credentials: AccountCredentials): Readonly<Record<string, string>> => ({
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_SESSION_TOKEN: credentials.sessionToken,
})
