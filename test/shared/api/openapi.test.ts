import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import { openApiDocument } from '../../../shared/api/openapi.ts'
import { routes } from '../../../shared/api/routes/index.ts'
import { complaints, document, documentText } from './document.ts'

describe('docs/openapi.json', () => {
  it('is what the routes and schemas say: npm run docs:api writes it', () => {
    expect(documentText).toBe(`${JSON.stringify(openApiDocument(routes), null, 2)}\n`)
  })

  it('is a valid OpenAPI 3.1 document, and one that is broken would be found', async () => {
    expect(await new Validator().validate(JSON.parse(documentText))).toMatchObject({ valid: true })
    const broken = { ...JSON.parse(documentText), paths: { findings: {} } }
    expect(await new Validator().validate(broken)).toMatchObject({ valid: false })
  })

  it('every reference leads to a schema, and every schema is referred to', () => {
    const referred = [...documentText.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name)
    expect(new Set(referred)).toEqual(new Set(Object.keys(document.components.schemas)))
  })

  it('every route is there once, under a name of its own', () => {
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path))
    expect(operations).toHaveLength(routes.length)
    expect(new Set(routes.map(({ name }) => name)).size).toBe(routes.length)
  })

  it('an answer that is not as it says is found out', () => {
    const page = { schemaVersion: '1', findings: [] }
    expect(complaints('/findings', 'get', 200, page)).toEqual([])
    expect(complaints('/findings', 'get', 200, { ...page, schemaVersion: '2' })).not.toEqual([])
    expect(complaints('/findings', 'get', 200, { ...page, findings: [{ id: 'x' }] })).not.toEqual([])
    expect(complaints('/findings', 'get', 404, page)).toEqual(['get /findings: 404 is not in the document'])
  })
})
