/** What AWS said of VPC Block Public Access, quoted. */
import type { Evidence } from '../../findings/finding.ts'
import type { Scope } from '../../snapshot/types.ts'

const OPTIONS = 'ec2:DescribeVpcBlockPublicAccessOptions'
const EXCLUSIONS = 'ec2:DescribeVpcBlockPublicAccessExclusions'

export const modeEvidence = ({ accountId, region, responses }: Scope): Evidence => ({
  operation: OPTIONS,
  resource: `${accountId}/${region}`,
  field: 'VpcBlockPublicAccessOptions.InternetGatewayBlockMode',
  observed: responses[OPTIONS]?.VpcBlockPublicAccessOptions?.InternetGatewayBlockMode,
  expected: 'off, or an exclusion',
})

/** @param places VPC or subnets that would have to be excluded */
export const exclusionsEvidence = (
  { responses }: Scope,
  places: readonly string[],
  expected: string,
): Evidence => ({
  operation: EXCLUSIONS,
  resource: places[0] ?? '',
  field: 'VpcBlockPublicAccessExclusions',
  observed: responses[EXCLUSIONS]?.VpcBlockPublicAccessExclusions,
  expected,
})
