/** `npm run docs:api`: writes docs/openapi.json. */
import { writeFileSync } from 'node:fs'
import { openApiDocument } from '../../shared/api/openapi.ts'
import { routes } from '../../shared/api/routes/index.ts'

const text = JSON.stringify(openApiDocument(routes), null, 2)
writeFileSync(new URL('../../docs/openapi.json', import.meta.url), `${text}\n`)
