/** CloudWatch Logs' part of the table. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/ */
import type { DescribeLogGroupsCommandInput } from '@aws-sdk/client-cloudwatch-logs'
import { further } from '../fetch.ts'

export const logsUnkeyed = {
  'logs:DescribeLogGroups': further(
    'logs',
    (logs, input: DescribeLogGroupsCommandInput) => logs.paginateDescribeLogGroups(input, { pageSize: 50 }),
    { logGroups: {} },
  ),
} as const
