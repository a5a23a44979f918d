/** What AWS would answer if it were asked again: unlike a permission that is missing, it passes. */
import type { Snapshot } from '../snapshot/types.ts'

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html and its like of the other services. */
const PASSING =
  /Throttl|RequestLimitExceeded|TooManyRequests|Unavailable|InternalError|InternalFailure|Timeout/i

/** @returns operations, such as `ec2:DescribeSubnets` */
export const unansweredIn = ({ scopes }: Snapshot): readonly string[] =>
  scopes.flatMap(({ errors }) =>
    Object.entries(errors).flatMap(([operation, error]) => (PASSING.test(error.name) ? [operation] : [])),
  )
