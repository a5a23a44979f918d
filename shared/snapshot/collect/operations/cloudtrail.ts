/** CloudTrail's part of the table. https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html */
import type { LookupEventsCommandInput } from '@aws-sdk/client-cloudtrail'
import { further } from '../fetch.ts'

export const cloudTrailUnkeyed = {
  'cloudtrail:LookupEvents': further(
    'cloudtrail',
    (trail, input: LookupEventsCommandInput) => trail.paginateLookupEvents(input, { pageSize: 50 }),
    { Events: {} },
  ),
} as const
