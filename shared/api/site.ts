/**
 * The findings page beside the API: its links are the API's own paths. Who asks for HTML gets the page, everybody else
 * gets JSON. What is here holds no finding, and is open to all where the page is deployed for people.
 */
import type { Login } from '../login/document.ts'
import { safetyHeaders } from './headers.ts'
import { patternOf, withoutSlash } from './match.ts'
import { problemStatuses } from './problem.ts'
import type { ApiRequest } from './request.ts'
import type { ApiResponse } from './response.ts'

interface SiteFile {
  readonly type: string
  readonly body: string
}

/** The built page: `/index.html`, `/favicon.svg`, `/assets/...`. */
export type Site = ReadonlyMap<string, SiteFile>

const LOGIN = '/login.json'
const FAVICON = '/favicon.svg'

/** Paths of the page; what stands behind the slash is for the page to look up. */
const pages = [
  '/',
  '/findings',
  '/findings/{id}',
  '/causes',
  '/causes/{code}',
  '/explain',
  '/login',
  '/signed-out',
] as const

/** All that a browser gets before anybody has signed in. */
export const openPaths = [...pages, FAVICON, '/assets/{file}', LOGIN] as const

const patterns = pages.map(patternOf)

/**
 * Nothing but the page's own files, no inline script or style, and no script can turn text into HTML.
 * https://www.w3.org/TR/CSP3/, https://www.w3.org/TR/trusted-types/
 * @param tokens where the page may ask for tokens, beside its own server
 */
const policy = (tokens: string | undefined): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    ["connect-src 'self'", ...(tokens === undefined ? [] : [tokens])].join(' '),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')

const pageHeaders = (tokens: string | undefined) => ({
  ...safetyHeaders,
  'content-security-policy': policy(tokens),
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  vary: 'Accept',
})

/** The build names these files by their content. */
const assetHeaders = { ...safetyHeaders, 'cache-control': 'public, max-age=31536000, immutable' }

/**
 * @param login how people sign in, where they have to
 * @returns undefined when the API is asked, and not the page
 */
export async function answerSite(
  site: Site,
  { method, path, headers }: ApiRequest,
  login?: Login,
): Promise<ApiResponse | undefined> {
  if (method !== 'GET') return undefined
  if (path === LOGIN) return loginAnswer(login)
  const file = path.startsWith('/assets/') || path === FAVICON ? site.get(path) : undefined
  if (file) return response(file, path === FAVICON ? safetyHeaders : assetHeaders)
  const page = isPage(path) && wantsHtml(headers.accept) ? site.get('/index.html') : undefined
  return page && response(page, pageHeaders(await tokensOf(login)))
}

const isPage = (path: string): boolean => patterns.some((pattern) => pattern.test(withoutSlash(path)))

/** A browser that opens a link names HTML first; scripts and curl do not. */
const wantsHtml = (accept = ''): boolean => {
  const [html, json] = [accept.indexOf('text/html'), accept.indexOf('application/json')]
  return html >= 0 && (json < 0 || html < json)
}

const response = ({ type, body }: SiteFile, headers: ApiResponse['headers']): ApiResponse => ({
  status: 200,
  headers: { 'content-type': type, ...headers },
  body,
})

async function loginAnswer(login: Login | undefined): Promise<ApiResponse> {
  try {
    return jsonFile(200, { login: (await login?.()) ?? null })
  } catch {
    const message = 'the login provider does not say how to sign in; the log of query-findings says more'
    return jsonFile(problemStatuses['login-unavailable'], { error: { code: 'login-unavailable', message } })
  }
}

const jsonFile = (status: number, content: object): ApiResponse => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...safetyHeaders },
  body: JSON.stringify(content),
})

/** A provider that does not answer keeps nobody from the page: it says so itself. */
const tokensOf = async (login: Login | undefined): Promise<string | undefined> => {
  const known = await login?.().catch(() => undefined)
  return known && new URL(known.provider.token_endpoint).origin
}
