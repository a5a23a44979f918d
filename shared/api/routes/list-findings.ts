import * as z from 'zod'
import { catalogue } from '../../diagnosis/catalogue/index.ts'
import { severities } from '../../findings/finding.ts'
import { parsePast } from '../../findings/moment.ts'
import { defineRoute } from '../route.ts'
import { findingsPageSchema, statuses } from '../schemas/record.ts'
import { SCHEMA_VERSION } from '../schemas/registry.ts'
import { accountId, paging, region } from '../schemas/requests.ts'

const codes: ReadonlySet<string> = new Set(catalogue.map(({ code }) => code))

const query = z.strictObject({
  account: accountId.optional(),
  region: region.optional(),
  subject: z
    .string()
    .min(1, 'expected an ARN or a name')
    .max(512, 'expected an ARN or a name')
    .optional()
    .meta({ description: 'Target group, service, task or load balancer, by ARN or name' }),
  code: z
    .string()
    .refine((code) => codes.has(code), 'expected one of GET /causes')
    .optional()
    .meta({ description: 'Root cause' }),
  severity: z.enum(severities).optional(),
  status: z.enum(statuses).optional(),
  since: z
    .string()
    .optional()
    .meta({ description: 'Seen at or after: 2026-11-20, 2026-11-20T03:00:00Z, or 90m, 12h, 7d ago' }),
  until: z.string().optional().meta({ description: 'First seen at or before, in the same forms' }),
  ...paging,
})

export const listFindings = defineRoute({
  name: 'listFindings',
  method: 'GET',
  path: '/findings',
  summary: 'Findings, the open ones first',
  query,
  response: findingsPageSchema,
  answer: async ({ query: { account, region, since, until, limit, cursor, ...same } }, { store, now }) => {
    const filter = {
      ...same,
      accountId: account,
      region,
      since: since === undefined ? undefined : parsePast('since', since, now()),
      until: until === undefined ? undefined : parsePast('until', until, now()),
    }
    const { items, ...rest } = await store.list(filter, { limit, cursor })
    return { schemaVersion: SCHEMA_VERSION, findings: items, ...rest }
  },
})
