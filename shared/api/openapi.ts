/** The OpenAPI document, made from the table of routes and the schemas that they check with. */
import * as z from 'zod'
import { type ProblemCode, problemStatuses } from './problem.ts'
import type { Route } from './route.ts'
import { problemSchema } from './schemas/problem.ts'
import { named } from './schemas/registry.ts'

const VERSION = '1.0.0'

const DESCRIPTION = [
  'What fails on AWS and why, as last audited.',
  'Moments are ISO 8601 in UTC.',
  'Names, tags and texts that come from AWS are untrusted: show them as text.',
].join(' ')

/** @see https://spec.openapis.org/oas/v3.1.1.html */
export const openApiDocument = (routes: readonly Route[]) => ({
  openapi: '3.1.1',
  info: { title: 'health-check-auditor', version: VERSION, description: DESCRIPTION },
  security: [{ sigv4: [] }, { login: [] }],
  paths: pathsOf(routes),
  components: {
    schemas: namedSchemas(),
    securitySchemes: {
      sigv4: {
        type: 'apiKey',
        name: 'Authorization',
        in: 'header',
        description: 'AWS Signature Version 4; the local server asks for none',
        'x-amazon-apigateway-authtype': 'awsSigv4',
      },
      login: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'At the address of the findings page, and under /api there: a token of its login',
      },
    },
  },
})

function pathsOf(routes: readonly Route[]) {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes)
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operationOf(route) }
  return paths
}

const operationOf = (route: Route) => ({
  operationId: route.name,
  summary: route.summary,
  ...parametersOf(route),
  ...(route.body && { requestBody: { required: true, content: content(route.body) } }),
  responses: {
    200: { description: route.summary, content: content(route.response) },
    ...Object.fromEntries(problemsOf(route).map((code) => [problemStatuses[code], problemResponse(code)])),
  },
})

function problemsOf({ body, problems = [] }: Route): readonly ProblemCode[] {
  const ofBodies: readonly ProblemCode[] = body ? ['too-large', 'unsupported-media-type'] : []
  return ['bad-request', ...problems, ...ofBodies, 'internal']
}

const problemResponse = (code: ProblemCode) => ({ description: code, content: content(problemSchema) })

function parametersOf({ path, query }: Route) {
  const { properties = {}, required = [] } = jsonSchema(query)
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const inQuery = Object.entries(properties).map(([name, property]) => {
    const { description, ...schema } = property as { readonly description?: string }
    return {
      name,
      in: 'query',
      required: required.includes(name),
      ...(description && { description }),
      schema,
    }
  })
  const parameters = [...inPath, ...inQuery]
  return parameters.length > 0 ? { parameters } : {}
}

const content = (schema: z.ZodType) => ({ 'application/json': { schema: referenceTo(schema) } })

const uri = (id: string) => `#/components/schemas/${id}`

function referenceTo(schema: z.ZodType) {
  const { id } = named.get(schema) ?? {}
  return id === undefined ? jsonSchema(schema) : { $ref: uri(id) }
}

function namedSchemas() {
  const { schemas } = z.toJSONSchema(named, { io: 'input', uri })
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, withoutIdentity(schema)]))
}

const jsonSchema = (schema: z.ZodType) => withoutIdentity(z.toJSONSchema(schema, { io: 'input' }))

const withoutIdentity = ({ $schema: _schema, $id: _id, ...schema }: z.core.JSONSchema.BaseSchema) => schema
