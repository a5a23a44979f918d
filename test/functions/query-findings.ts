/** The API on a table of its own; every answer is held against the document, whoever asks. */
import { expect } from 'vitest'
import { createHandler } from '../../functions/query-findings.ts'
import { matchPath } from '../../shared/api/match.ts'
import type { ApiPorts } from '../../shared/api/route.ts'
import { routes } from '../../shared/api/routes/index.ts'
import { complaints } from '../shared/api/document.ts'
import type { Told } from '../shared/api/told.ts'
import { type Call, httpApiEvent } from './http-api.ts'
import { context } from './lambda.ts'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  /** `{}` where there is none. */
  readonly body: Told
}

export function apiOn(ports: ApiPorts, allowedOrigin?: string): (call: Call | string) => Promise<Answer> {
  return async (given) => {
    const call = typeof given === 'string' ? { url: given } : given
    const answer = await createHandler(ports, { allowedOrigin })(httpApiEvent(call), context)
    const { statusCode: status = 0, headers = {}, body = '' } = answer ?? {}
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
    if (body === '') return { status, headers, body: {} as Told }
    expect(headers['content-type']).toBe('application/json; charset=utf-8')
    const told = JSON.parse(body)
    expectAsDocumented(call, status, told)
    return { status, headers, body: told }
  }
}

/** Also what the document does not list must not be told. */
function expectAsDocumented({ method = 'GET', url }: Call, status: number, body: unknown): void {
  const matches = matchPath(routes, url.split('?')[0] ?? '')
  const route = matches.find((match) => match.route.method === method)?.route
  if (status >= 400)
    expect(body).toEqual({ error: { code: expect.any(String), message: expect.any(String) } })
  if (!route) return
  expect(complaints(route.path, method.toLowerCase(), status, body)).toEqual([])
  if (status === 200) expect(route.response.parse(body)).toEqual(body)
}
