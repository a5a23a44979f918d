/**
 * What the analysis reads of Secrets Manager's and Parameter Store's responses: that there is something, never what.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/ and
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/
 */
import * as z from 'zod'
import { int, list, text, timestamp } from './common.ts'

/** DescribeSecret. No `ARN` (`{}`): there is no such secret. With `DeletedDate` it can no longer be read. */
export const secret = z.object({
  ARN: text,
  Name: text,
  KmsKeyId: text,
  DeletedDate: timestamp,
  VersionIdsToStages: z.record(z.string(), z.array(z.string()).readonly()).optional(),
})

/** DescribeParameters of one name. An empty list: there is no such parameter. */
export const parameters = z.object({
  Parameters: list(z.object({ Name: text, ARN: text, Type: text, KeyId: text, Version: int })),
})
