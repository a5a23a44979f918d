/** What the analysis reads of CloudWatch Logs' responses. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/ */
import * as z from 'zod'
import { int, text } from './common.ts'

export const logGroup = z.object({
  logGroupName: z.string(),
  /** Ends in `:*`. */
  arn: text,
  logGroupArn: text,
  logGroupClass: text,
  kmsKeyId: text,
  retentionInDays: int,
})
