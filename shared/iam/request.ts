/** What is asked: may this principal do this action on this resource? */

export interface Request {
  /** `secretsmanager:GetSecretValue` */
  readonly action: string
  /** An ARN, in which `?` stands for a character that is not known; `*` for actions without resources. */
  readonly resource: string
  /** Absent where it is not known who asks. */
  readonly principal?: Principal
  readonly context: RequestContext
}

export type Principal =
  /** The ARN of the role, not of a session of it. */
  | { readonly kind: 'role'; readonly arn: string }
  /** `ecs-tasks.amazonaws.com` */
  | { readonly kind: 'service'; readonly name: string }

/** Values of condition keys. `null`: the request surely does not carry this key. Not listed: not known. */
export type RequestContext = Readonly<Record<string, string | null>>

/** By which way the request comes to AWS. */
export type Way =
  | { readonly kind: 'endpoint'; readonly vpcEndpointId: string; readonly vpcId: string }
  /** Through an internet or NAT gateway. */
  | { readonly kind: 'internet' }

/**
 * What is known of a request that a role makes by TLS.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export const contextOf = (roleArn: string, region: string, way: Way | undefined): RequestContext => ({
  'aws:PrincipalArn': roleArn,
  'aws:PrincipalAccount': accountOf(roleArn),
  'aws:PrincipalType': 'AssumedRole',
  'aws:PrincipalIsAWSService': 'false',
  'aws:PrincipalServiceName': null,
  'aws:RequestedRegion': region,
  'aws:SecureTransport': 'true',
  'aws:ViaAWSService': 'false',
  ...wayContext(way),
})

function wayContext(way: Way | undefined): RequestContext {
  if (!way) return {}
  return way.kind === 'endpoint'
    ? { 'aws:SourceVpc': way.vpcId, 'aws:SourceVpce': way.vpcEndpointId, 'aws:SourceIp': null }
    : { 'aws:SourceVpc': null, 'aws:SourceVpce': null, 'aws:VpcSourceIp': null }
}

export const accountOf = (arn: string): string => arn.split(':')[4] ?? ''

/** Condition keys are compared without regard to case. */
export function valueIn(context: RequestContext, key: string): string | null | undefined {
  const wanted = key.toLowerCase()
  return Object.entries(context).find(([name]) => name.toLowerCase() === wanted)?.[1]
}
