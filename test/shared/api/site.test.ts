import { describe, expect, it } from 'vitest'
import { answerSite, type Site } from '../../../shared/api/site.ts'

const site: Site = new Map([
  ['/index.html', { type: 'text/html; charset=utf-8', body: '<!doctype html>' }],
  ['/favicon.svg', { type: 'image/svg+xml', body: '<svg/>' }],
  ['/assets/index-1.js', { type: 'text/javascript; charset=utf-8', body: 'run()' }],
])
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
const ask = (path: string, accept: string | undefined = BROWSER, method = 'GET') =>
  answerSite(site, { method, path, headers: { accept }, query: new URLSearchParams(), body: '' })

describe('the page beside the API', () => {
  it.each(['/', '/findings', '/findings/', '/findings/0a1b', '/causes', '/causes/net.nacl', '/explain'])(
    'a browser that opens %s gets the page',
    (path) => {
      expect(ask(path)).toMatchObject({
        status: 200,
        headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', vary: 'Accept' },
        body: '<!doctype html>',
      })
    },
  )

  it.each([
    ['another path of the API', '/findings/0a1b/history', BROWSER, 'GET'],
    ['the document', '/openapi.json', BROWSER, 'GET'],
    ['a program', '/findings', '*/*', 'GET'],
    ['a program that says nothing', '/findings', undefined, 'GET'],
    ['the page’s own script', '/findings', 'application/json', 'GET'],
    ['JSON before HTML', '/findings', 'application/json, text/html', 'GET'],
    ['another method', '/explain', BROWSER, 'POST'],
    ['a file that is not there', '/assets/index-2.js', BROWSER, 'GET'],
    ['a way out of the folder', '/assets/../index.html', '*/*', 'GET'],
  ])('%s is not for the page', (_, path, accept, method) => {
    const request = { method, path, headers: { accept }, query: new URLSearchParams(), body: '' }
    expect(answerSite(site, request)).toBeUndefined()
  })

  it('its files are kept by browsers: the build names them by their content', () => {
    expect(ask('/assets/index-1.js')).toMatchObject({
      headers: {
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'public, max-age=31536000, immutable',
      },
      body: 'run()',
    })
    expect(ask('/favicon.svg')?.headers['cache-control']).toBe('no-store')
  })

  it('lets in no script, style, frame or request but its own', () => {
    const policy = ask('/findings')?.headers['content-security-policy'] ?? ''
    expect(policy.split('; ').sort()).toEqual(
      [
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
      ].sort(),
    )
  })
})
