/** What callers send, beside the filters of lists. */
import * as z from 'zod'
import { querySchema } from '../../query-schema.ts'
import { moment, named } from './registry.ts'

export const paging = {
  limit: z.coerce
    .number('expected a whole number from 1 to 1000')
    .int('expected a whole number from 1 to 1000')
    .min(1, 'expected a whole number from 1 to 1000')
    .max(1000, 'expected a whole number from 1 to 1000')
    .default(50)
    .meta({ description: 'At most so many' }),
  cursor: z.string().max(4096).optional().meta({ description: 'The one that the previous page ended with' }),
}

const MOST_REASON = 500

export const suppressionSchema = z
  .strictObject({
    reason: z
      .string()
      .trim()
      .min(1, 'say why nobody needs to hear of it')
      .max(MOST_REASON, `expected at most ${MOST_REASON} characters`),
    until: moment.meta({ description: 'ISO 8601: a moment to come' }),
  })
  .register(named, { id: 'SuppressionRequest' })

export const accountId = z.string().regex(/^\d{12}$/, 'expected 12 digits')

export const region = z
  .string()
  .regex(/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/, 'expected an AWS Region such as eu-central-1')

export const questionSchema = querySchema
  .extend({
    accountId: accountId
      .optional()
      .meta({ description: 'Where it is asked: a member’s account; default ours' }),
    region: region.optional().meta({ description: 'Default ours' }),
  })
  .describe(
    'from and to: network interface, instance, load balancer, task, IP address, internet, or an AWS service such as ecr.api (to only)',
  )
  .register(named, { id: 'Question' })
