/**
 * On what a task runs, as far as what it needs differs.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
import type { Starting } from './starting.ts'

export interface Platform {
  /** `fargate-1.3`: Linux platform version 1.3.0 or older, which logs in to ECR by an interface of AWS's. */
  readonly kind: 'fargate' | 'fargate-1.3' | 'ec2'
  /** Why it may be another one. */
  readonly doubt?: string
}

export function platformOf({ definition, launchType, platformVersion }: Starting): Platform {
  const [only, another] = definition.requiresCompatibilities ?? []
  const type = launchType ?? (another === undefined ? only : undefined)
  if (type === 'EC2') return { kind: 'ec2' }
  if (type !== 'FARGATE')
    return { kind: 'fargate', doubt: `what it runs on is not told (${type ?? 'no launch type'})` }
  if (definition.runtimePlatform?.operatingSystemFamily?.startsWith('WINDOWS')) return { kind: 'fargate' }
  if (platformVersion === undefined) return { kind: 'fargate', doubt: 'its platform version is not told' }
  return { kind: isOld(platformVersion) ? 'fargate-1.3' : 'fargate' }
}

/** LATEST is 1.4.0. */
function isOld(version: string): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version) ?? []
  return Number(major) === 1 && Number(minor) < 4
}
