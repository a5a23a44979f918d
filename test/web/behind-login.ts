/** The page as it is deployed for people: an OpenID provider, API Gateway, and the sample incidents behind both. */
import type { Browser, Page } from 'playwright-core'
import type { ApiPorts } from '../../shared/api/route.ts'
import { type Provider, startProvider } from '../login/provider.ts'
import { openBrowser } from './chromium.ts'
import { type Gateway, serveBehindLogin } from './gateway.ts'
import { serveSamples } from './served.ts'
import { openPage, type Watched } from './watched.ts'

export const CLIENT = 'findings-page'
const SHOTS = 'node_modules/.cache/hca-web'

export interface BehindLogin {
  readonly browser: Browser
  readonly provider: Provider
  readonly gateway: Gateway
  readonly ports: ApiPorts
  /** Of an open finding. */
  readonly path: string
  /** Every complaint fails the test, and every request to another than server and provider. */
  readonly open: (at?: string, options?: object, server?: Gateway) => Promise<Watched>
  readonly close: () => Promise<void>
}

export async function startBehindLogin(): Promise<BehindLogin> {
  const browser = await openBrowser()
  const samples = await serveSamples()
  const provider = await startProvider()
  const explain = () => Promise.reject(new Error('not asked'))
  const ports: ApiPorts = { store: samples.store, explain, now: () => new Date() }
  const login = { issuer: provider.issuer, clientId: CLIENT }
  const gateway = await serveBehindLogin(login, provider.jwks, ports)
  const { items } = await samples.store.list({ code: 'hc.udp-needs-tcp-port' }, { limit: 1 })
  const path = `/findings/${items[0]?.id}`
  return {
    ...{ browser, provider, gateway, ports, path },
    open: (at = path, options = {}, server = gateway) =>
      openPage(browser, server.url + at, options, [provider.issuer]),
    async close() {
      await browser.close()
      await gateway.close()
      await provider.close()
      await samples.close()
    },
  }
}

export const pathIn = (page: Page): Promise<string> =>
  page.evaluate(() => location.pathname + location.search)

/** What the browser remembers. */
export const kept = (page: Page) =>
  page.evaluate(() => ({
    session: Object.keys(sessionStorage),
    others: [Object.keys(localStorage), document.cookie],
  }))

/** Waits until a finding is shown. */
export const shown = (page: Page): Promise<void> => page.getByRole('region', { name: 'Evidence' }).waitFor()

export const shot = (page: Page, name: string) => page.screenshot({ path: `${SHOTS}/${name}.png` })
