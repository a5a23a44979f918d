import { findingDocument } from '../../findings/document.ts'
import { defineRoute } from '../route.ts'
import { findingDocumentSchema } from '../schemas/record.ts'
import { existing } from './existing.ts'

export const liftSuppression = defineRoute({
  name: 'liftSuppression',
  method: 'DELETE',
  path: '/findings/{id}/suppression',
  summary: 'Tell people of a finding again',
  problems: ['not-found'],
  response: findingDocumentSchema,
  answer: async ({ params: { id } }, { store, now }) =>
    findingDocument(await existing(id, store.liftSuppression), now().toISOString()),
})
