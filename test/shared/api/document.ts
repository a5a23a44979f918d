/** docs/openapi.json, and whether an answer is what it says. */
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'

interface Operation {
  readonly responses: Readonly<
    Record<string, { readonly content: { readonly 'application/json': { readonly schema: object } } }>
  >
}

interface Document {
  readonly openapi: string
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, object>> }
}

export const documentText = readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8')
export const document = JSON.parse(documentText) as Document

const ajv = new Ajv2020({ strict: false, allErrors: true, formats: { 'date-time': isMoment } })
ajv.addSchema(document, 'document')

function isMoment(text: string): boolean {
  return !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text
}

/** @returns what is not as the document says, in words */
export function complaints(path: string, method: string, status: number, body: unknown): readonly string[] {
  const response = document.paths[path]?.[method]?.responses[status]
  if (!response) return [`${method} ${path}: ${status} is not in the document`]
  const { schema } = response.content['application/json']
  const validate = ajv.compile(
    JSON.parse(JSON.stringify(schema).replaceAll('#/components', 'document#/components')),
  )
  validate(body)
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}
