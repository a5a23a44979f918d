/** Asks the API that the page came from, under the prefix that is behind the login where there is one. */
import type {
  CauseDocument,
  CausesDocument,
  ExplanationDocument,
  FindingDocument,
  FindingsPage,
  HistoryPage,
  Question,
  SuppressionRequest,
} from '../../shared/api/documents.ts'
import { askSigned } from '../login/ask-signed.ts'
import { LoginProblem } from '../login/problem.ts'
import { SignInNeeded } from '../login/session.ts'

const path = (strings: TemplateStringsArray, ...values: readonly string[]): string =>
  strings.reduce((text, part, at) => text + encodeURIComponent(values[at - 1] ?? '') + part)

/** @throws Error with what the API says went wrong: it is for people */
async function ask<T>(url: string, init: RequestInit = {}): Promise<T> {
  const headers = { accept: 'application/json', ...init.headers }
  const response = await askSigned(`/api${url}`, { ...init, headers }).catch((error: Error) => {
    if (error.name === 'AbortError' || error instanceof SignInNeeded || error instanceof LoginProblem)
      throw error
    throw new Error('The API does not answer. Is it still running, and is the network up?')
  })
  const body: unknown = await response.json().catch(() => undefined)
  if (response.ok) return body as T
  throw new Error(messageOf(body) ?? `The API answered ${response.status}.`)
}

const messageOf = (body: unknown): string | undefined =>
  (body as { readonly error?: { readonly message?: string } } | undefined)?.error?.message

const post = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

export const api = {
  findings: (query: URLSearchParams, signal?: AbortSignal): Promise<FindingsPage> =>
    ask(`/findings?${query}`, { signal: signal ?? null }),
  finding: (id: string, signal?: AbortSignal): Promise<FindingDocument> =>
    ask(path`/findings/${id}`, { signal: signal ?? null }),
  history: (id: string, signal?: AbortSignal): Promise<HistoryPage> =>
    ask(path`/findings/${id}/history?limit=1000`, { signal: signal ?? null }),
  suppress: (id: string, request: SuppressionRequest): Promise<FindingDocument> =>
    ask(path`/findings/${id}/suppression`, post(request)),
  lift: (id: string): Promise<FindingDocument> =>
    ask(path`/findings/${id}/suppression`, { method: 'DELETE' }),
  explain: (question: Question): Promise<ExplanationDocument> => ask('/explain', post(question)),
  causes: (signal?: AbortSignal): Promise<CausesDocument> => ask('/causes', { signal: signal ?? null }),
  cause: (code: string, signal?: AbortSignal): Promise<CauseDocument> =>
    ask(path`/causes/${code}`, { signal: signal ?? null }),
}
