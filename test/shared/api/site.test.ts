import { describe, expect, it } from 'vitest'
import { answerSite, openPaths, type Site } from '../../../shared/api/site.ts'
import type { Login } from '../../../shared/login/document.ts'

const site: Site = new Map([
  ['/index.html', { type: 'text/html; charset=utf-8', body: '<!doctype html>' }],
  ['/favicon.svg', { type: 'image/svg+xml', body: '<svg/>' }],
  ['/assets/index-1.js', { type: 'text/javascript; charset=utf-8', body: 'run()' }],
])
const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
const ask = (path: string, accept: string | undefined = BROWSER, method = 'GET', login?: Login) =>
  answerSite(site, { method, path, headers: { accept }, query: new URLSearchParams(), body: '' }, login)
const provider = {
  issuer: 'https://login.bakery.example',
  authorization_endpoint: 'https://login.bakery.example/authorize',
  token_endpoint: 'https://tokens.bakery.example/oauth2/token',
}
const login: Login = async () => ({ clientId: 'findings-page', scopes: 'openid email', provider })
const down: Login = () => Promise.reject(new Error('does not answer'))
const policyOf = async (how?: Login) =>
  (await ask('/findings', BROWSER, 'GET', how))?.headers['content-security-policy'] ?? ''

describe('the page beside the API', () => {
  it.each([
    ...['/', '/findings', '/findings/', '/findings/0a1b', '/causes', '/causes/net.nacl', '/explain'],
    ...['/login', '/signed-out'],
  ])('a browser that opens %s gets the page', async (path) => {
    expect(await ask(path)).toMatchObject({
      status: 200,
      headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', vary: 'Accept' },
      body: '<!doctype html>',
    })
  })

  it.each([
    ['another path of the API', '/findings/0a1b/history', BROWSER, 'GET'],
    ['the document', '/openapi.json', BROWSER, 'GET'],
    ['what the page asks', '/api/findings', BROWSER, 'GET'],
    ['a program', '/findings', '*/*', 'GET'],
    ['a program that says nothing', '/findings', undefined, 'GET'],
    ['the page’s own script', '/findings', 'application/json', 'GET'],
    ['JSON before HTML', '/findings', 'application/json, text/html', 'GET'],
    ['another method', '/explain', BROWSER, 'POST'],
    ['a file that is not there', '/assets/index-2.js', BROWSER, 'GET'],
    ['what a browser reads as a host', '//', BROWSER, 'GET'],
    ['a way out of the folder', '/assets/../index.html', '*/*', 'GET'],
  ])('%s is not for the page', async (_, path, accept, method) => {
    const request = { method, path, headers: { accept }, query: new URLSearchParams(), body: '' }
    expect(await answerSite(site, request)).toBeUndefined()
  })

  it('its files are kept by browsers: the build names them by their content', async () => {
    expect(await ask('/assets/index-1.js')).toMatchObject({
      headers: {
        'content-type': 'text/javascript; charset=utf-8',
        'cache-control': 'public, max-age=31536000, immutable',
      },
      body: 'run()',
    })
    expect((await ask('/favicon.svg'))?.headers['cache-control']).toBe('no-store')
  })

  it('lets in no script, style, frame or request but its own', async () => {
    expect((await policyOf()).split('; ').sort()).toEqual(
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

describe('the page with a login', () => {
  it('tells how to sign in, or that nobody has to', async () => {
    const told = async (how?: Login) => {
      const { status, body = '' } = (await ask('/login.json', '*/*', 'GET', how)) ?? {}
      return [status, JSON.parse(body)]
    }
    expect(await told(login)).toEqual([200, { login: await login() }])
    expect(await told()).toEqual([200, { login: null }])
    expect(await told(down)).toMatchObject([503, { error: { code: 'login-unavailable' } }])
  })

  it('may ask the provider for tokens, and nobody else for anything', async () => {
    const connect = /connect-src ([^;]+)/
    expect(connect.exec(await policyOf(login))?.[1]).toBe("'self' https://tokens.bakery.example")
    expect(connect.exec(await policyOf(down))?.[1]).toBe("'self'")
  })

  it('each path that is open without a login is answered with a file, never with findings', async () => {
    for (const path of openPaths) {
      const asked = path.replace('{file}', 'index-1.js').replace(/\{\w+\}/, 'x')
      expect((await ask(asked))?.status, asked).toBe(200)
    }
  })
})
