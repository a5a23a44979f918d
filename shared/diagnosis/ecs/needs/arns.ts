/** Names of AWS. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */

const partitions = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['eusc-', 'aws-eusc'],
] as const

const partitionOf = (region: string): string =>
  partitions.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws'

export const arnOf = (service: string, region: string, accountId: string, resource: string): string =>
  `arn:${partitionOf(region)}:${service}:${region}:${accountId}:${resource}`

export const bucketArn = (region: string, path: string): string => `arn:${partitionOf(region)}:s3:::${path}`

/** Of a policy that AWS manages. */
export const awsPolicyArn = (region: string, path: string): string =>
  `arn:${partitionOf(region)}:iam::aws:policy/${path}`

/** So many characters of which none is known. */
export const anything = (length: number): string => '?'.repeat(length)
