/** Every operation that is collected, and how. */
import { ec2Keyed, ec2Unkeyed } from './operations/ec2.ts'
import { ecsKeyed, ecsUnkeyed } from './operations/ecs.ts'
import { elbKeyed, elbUnkeyed } from './operations/elbv2.ts'

export const unkeyed = { ...ec2Unkeyed, ...elbUnkeyed, ...ecsUnkeyed } as const
export const keyed = { ...ec2Keyed, ...elbKeyed, ...ecsKeyed } as const

export type CollectedUnkeyed = keyof typeof unkeyed
export type CollectedKeyed = keyof typeof keyed
/** What one call of the operation can be narrowed to. */
export type InputOf<O extends CollectedUnkeyed> =
  Parameters<(typeof unkeyed)[O]> extends [unknown, infer I] ? I : object
