import { findingDocument } from '../../findings/document.ts'
import { defineRoute } from '../route.ts'
import { findingDocumentSchema } from '../schemas/record.ts'
import { existing } from './existing.ts'

export const showFinding = defineRoute({
  name: 'showFinding',
  method: 'GET',
  path: '/findings/{id}',
  summary: 'One finding with its proof, its fix and its life',
  problems: ['not-found'],
  response: findingDocumentSchema,
  answer: async ({ params: { id } }, { store, now }) =>
    findingDocument(await existing(id, store.get), now().toISOString()),
})
