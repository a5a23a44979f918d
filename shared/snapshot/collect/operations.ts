/** Every operation that is collected, and how. */
import { apiGatewayKeyed, apiGatewayUnkeyed } from './operations/api-gateway.ts'
import { cloudTrailUnkeyed } from './operations/cloudtrail.ts'
import { ec2Keyed, ec2Unkeyed } from './operations/ec2.ts'
import { ecrKeyed } from './operations/ecr.ts'
import { ecsKeyed, ecsUnkeyed } from './operations/ecs.ts'
import { efsKeyed, efsUnkeyed } from './operations/efs.ts'
import { elbKeyed, elbUnkeyed } from './operations/elbv2.ts'
import { iamKeyed } from './operations/iam.ts'
import { logsUnkeyed } from './operations/logs.ts'
import { openSearchUnkeyed } from './operations/opensearch.ts'
import { route53Keyed, route53Unkeyed } from './operations/route53.ts'
import { secretsKeyed } from './operations/secrets.ts'

/** What a sweep of a Region asks. */
export const lists = {
  ...ec2Unkeyed,
  ...elbUnkeyed,
  ...ecsUnkeyed,
  ...logsUnkeyed,
  ...efsUnkeyed,
  ...apiGatewayUnkeyed,
  ...openSearchUnkeyed,
  ...route53Unkeyed,
} as const
/** CloudTrail's events of a whole Region are too many for the two calls a second that AWS allows: see events.ts. */
export const unkeyed = { ...lists, ...cloudTrailUnkeyed } as const
export const keyed = {
  ...ec2Keyed,
  ...elbKeyed,
  ...ecsKeyed,
  ...iamKeyed,
  ...ecrKeyed,
  ...secretsKeyed,
  ...efsKeyed,
  ...apiGatewayKeyed,
  ...route53Keyed,
} as const

export type CollectedUnkeyed = keyof typeof unkeyed
export type CollectedKeyed = keyof typeof keyed
/** What one call of the operation can be narrowed to. */
export type InputOf<O extends CollectedUnkeyed> =
  Parameters<(typeof unkeyed)[O]> extends [unknown, infer I] ? I : object
