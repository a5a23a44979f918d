import { afterEach, describe, expect, it, vi } from 'vitest'
import { discoverLogin } from '../../../shared/login/discover.ts'
import { loginSettings } from '../../../shared/login/settings.ts'

const issuer = 'https://login.bakery.example/night'
const settings = { issuer, clientId: 'findings-page', scopes: 'openid email' }
const provider = {
  issuer,
  authorization_endpoint: 'https://login.bakery.example/night/authorize',
  token_endpoint: 'https://tokens.bakery.example/token',
  end_session_endpoint: 'https://login.bakery.example/night/logout',
  id_token_signing_alg_values_supported: ['RS256', 'ES256'],
}

/** @param documents one an answer; an Error for none */
function answering(...documents: readonly (object | Error)[]) {
  const left = [...documents]
  return vi.spyOn(globalThis, 'fetch').mockImplementation(async () => {
    const document = left.shift()
    if (!document || document instanceof Error) throw document ?? new Error('asked too often')
    return Response.json(document)
  })
}

afterEach(() => {
  vi.restoreAllMocks()
})

describe('the login, as the provider tells it', () => {
  it('is asked where OpenID Connect Discovery has it, and tells the page what it needs', async () => {
    const asked = answering({ ...provider, jwks_uri: 'https://login.bakery.example/keys' })
    expect(await discoverLogin(settings)()).toEqual({
      clientId: 'findings-page',
      scopes: 'openid email',
      provider,
    })
    expect(asked.mock.calls[0]?.[0]).toBe(`${issuer}/.well-known/openid-configuration`)
  })

  it('is remembered for an hour, and longer while the provider does not answer', async () => {
    let now = 0
    const moved = { ...provider, token_endpoint: 'https://elsewhere.bakery.example/token' }
    const asked = answering(provider, new Error('down'), moved)
    const login = discoverLogin(settings, () => now)
    const tokens = async () => (await login()).provider.token_endpoint
    expect([await tokens(), await tokens()]).toEqual([provider.token_endpoint, provider.token_endpoint])
    expect(asked).toHaveBeenCalledTimes(1)
    now = 3_600_000
    // Who opens the page while it is down waits for it once a minute, not each time.
    expect([await tokens(), await tokens()]).toEqual([provider.token_endpoint, provider.token_endpoint])
    expect(asked).toHaveBeenCalledTimes(2)
    now += 60_000
    expect(await tokens()).toBe(moved.token_endpoint)
    expect(asked).toHaveBeenCalledTimes(3)
  })

  it('a provider that never answered is asked again', async () => {
    answering(new Error('down'), provider)
    const login = discoverLogin(settings)
    await expect(login()).rejects.toThrow('down')
    expect((await login()).provider.issuer).toBe(issuer)
  })

  it.each([
    ['another issuer', { ...provider, issuer: 'https://evil.example' }, /issuer/],
    [
      'a slash more than was given',
      { ...provider, issuer: 'https://login.bakery.example/' },
      /give that as issuer/,
    ],
    ['no token endpoint', { ...provider, token_endpoint: undefined }, /token_endpoint/],
    ['plain HTTP', { ...provider, token_endpoint: 'http://login.bakery.example/token' }, /https/],
    ['plain HTTP on this machine', { ...provider, token_endpoint: 'http://localhost:9/token' }, /https/],
    ['any host at all', { ...provider, token_endpoint: 'https://*/token' }, /https/],
    [
      'a host that ends the page’s policy',
      { ...provider, token_endpoint: 'https://a;require-trusted-types-for/token' },
      /https/,
    ],
    ['a script', { ...provider, authorization_endpoint: 'javascript:alert(1)' }, /https/],
  ])('one that tells %s is refused', async (_, document, message) => {
    answering(document)
    const given =
      document.issuer === 'https://login.bakery.example/' ? 'https://login.bakery.example' : issuer
    await expect(discoverLogin({ ...settings, issuer: given })()).rejects.toThrow(message)
  })
})

describe('the settings of a deployment', () => {
  it('no issuer, no login', () => {
    expect(loginSettings({})).toBeUndefined()
    expect(loginSettings({ LOGIN_ISSUER: issuer })).toBeUndefined()
  })

  it('scopes have a default, the audience has none', () => {
    const given = { LOGIN_ISSUER: issuer, LOGIN_CLIENT_ID: 'findings-page' }
    expect(loginSettings(given)).toEqual(settings)
    const more = { LOGIN_AUDIENCE: 'api://findings', LOGIN_SCOPES: 'openid offline_access' }
    expect(loginSettings({ ...given, ...more })).toEqual({
      ...settings,
      audience: 'api://findings',
      scopes: 'openid offline_access',
    })
  })
})
