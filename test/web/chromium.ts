/** Debian's Chromium, driven by Playwright; it looks up nobody. */
import { type Browser, chromium } from 'playwright-core'

export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'

const ARGUMENTS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // As root, as in a container, its own sandbox cannot start; it opens nothing but this project's pages.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
]

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS })
