import { catalogue } from '../../diagnosis/catalogue/index.ts'
import { defineRoute } from '../route.ts'
import { causesDocumentSchema } from '../schemas/cause.ts'
import { SCHEMA_VERSION } from '../schemas/registry.ts'

export const listCauses = defineRoute({
  name: 'listCauses',
  method: 'GET',
  path: '/causes',
  summary: 'Every root cause that can be named',
  response: causesDocumentSchema,
  answer: async () => ({ schemaVersion: SCHEMA_VERSION, causes: catalogue }),
})
