/**
 * The findings page beside the API: its links are the API's own paths. Who asks for HTML gets the page, everybody else
 * gets JSON.
 */
import { safetyHeaders } from './headers.ts'
import type { ApiRequest } from './request.ts'
import type { ApiResponse } from './response.ts'

interface SiteFile {
  readonly type: string
  readonly body: string
}

/** The built page: `/index.html`, `/favicon.svg`, `/assets/...`. */
export type Site = ReadonlyMap<string, SiteFile>

/** A path of the page is one of these; what stands behind the slash is for the page to look up. */
const PAGES = /^\/(|findings|findings\/[^/]+|causes|causes\/[^/]+|explain)\/?$/

/**
 * Nothing but the page's own files, no inline script or style, and no script can turn text into HTML.
 * https://www.w3.org/TR/CSP3/, https://www.w3.org/TR/trusted-types/
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

const pageHeaders = {
  ...safetyHeaders,
  'content-security-policy': POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  vary: 'Accept',
}

/** The build names these files by their content. */
const assetHeaders = { ...safetyHeaders, 'cache-control': 'public, max-age=31536000, immutable' }

/** @returns undefined when the API is asked, and not the page */
export function answerSite(site: Site, { method, path, headers }: ApiRequest): ApiResponse | undefined {
  if (method !== 'GET') return undefined
  const file = path.startsWith('/assets/') || path === '/favicon.svg' ? site.get(path) : undefined
  if (file) return response(file, path === '/favicon.svg' ? safetyHeaders : assetHeaders)
  const page = PAGES.test(path) && wantsHtml(headers.accept) ? site.get('/index.html') : undefined
  return page && response(page, pageHeaders)
}

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
