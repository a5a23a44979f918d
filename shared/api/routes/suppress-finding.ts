import { findingDocument } from '../../findings/document.ts'
import { parseFuture } from '../../findings/moment.ts'
import { defineRoute } from '../route.ts'
import { findingDocumentSchema } from '../schemas/record.ts'
import { suppressionSchema } from '../schemas/requests.ts'
import { existing } from './existing.ts'

export const suppressFinding = defineRoute({
  name: 'suppressFinding',
  method: 'POST',
  path: '/findings/{id}/suppression',
  summary: 'Tell nobody of a finding for a while',
  problems: ['not-found'],
  body: suppressionSchema,
  response: findingDocumentSchema,
  answer: async ({ params, caller, body: { reason, until } }, { store, now }) => {
    const by = caller === undefined ? {} : { by: caller }
    const suppression = { reason, until: parseFuture('until', until, now()), ...by }
    const record = await existing(params.id, (id) => store.suppress(id, suppression))
    return findingDocument(record, now().toISOString())
  },
})
