import { catalogue } from '../../diagnosis/catalogue/index.ts'
import { Problem } from '../problem.ts'
import { defineRoute } from '../route.ts'
import { causeDocumentSchema } from '../schemas/cause.ts'
import { SCHEMA_VERSION } from '../schemas/registry.ts'

export const showCause = defineRoute({
  name: 'showCause',
  method: 'GET',
  path: '/causes/{code}',
  summary: 'One root cause: what decides it, what ends it, what looks like it',
  problems: ['not-found'],
  response: causeDocumentSchema,
  answer: async ({ params: { code } }) => {
    const entry = catalogue.find((one) => one.code === code)
    if (entry) return { schemaVersion: SCHEMA_VERSION, ...entry }
    throw new Problem('not-found', `cause ${JSON.stringify(code)}: does not exist; GET /causes lists all`)
  },
})
