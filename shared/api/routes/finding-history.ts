import * as z from 'zod'
import { defineRoute } from '../route.ts'
import { historyPageSchema } from '../schemas/record.ts'
import { SCHEMA_VERSION } from '../schemas/registry.ts'
import { paging } from '../schemas/requests.ts'
import { existing } from './existing.ts'

export const findingHistory = defineRoute({
  name: 'findingHistory',
  method: 'GET',
  path: '/findings/{id}/history',
  summary: 'What happened to a finding, the latest first',
  problems: ['not-found'],
  query: z.strictObject(paging),
  response: historyPageSchema,
  answer: async ({ params, query }, { store }) => {
    const { finding } = await existing(params.id, store.head)
    const { items, ...rest } = await store.history(finding.id, query)
    return { schemaVersion: SCHEMA_VERSION, history: items, ...rest }
  },
})
