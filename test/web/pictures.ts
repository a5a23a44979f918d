/** `npm run pictures`: the pictures of the README, from the product as it runs on the sample incidents. */
import { mkdirSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { startDatabase } from '../../cli/local/database.ts'
import { readIncidents } from '../../cli/local/incidents.ts'
import { startSystem } from '../../cli/local/system.ts'
import type { Message } from '../../shared/notifications/message.ts'
import { messageContent } from '../../shared/notifications/message-content.ts'
import { fullBlocks } from '../../shared/notifications/slack/blocks.ts'
import { openBrowser } from './chromium.ts'
import { serveSamples } from './served.ts'
import { slackPage } from './slack-page.ts'

const FOLDER = 'docs/pictures'

process.env.POWERTOOLS_METRICS_DISABLED = 'true'
process.env.POWERTOOLS_LOG_LEVEL = 'SILENT'

async function pageShots(browser: Browser): Promise<void> {
  const samples = await serveSamples()
  const [finding] = (await samples.store.list({ code: 'net.lb-sg-egress' }, { limit: 1 })).items
  for (const [name, path, ready, height] of [
    ['list', '/findings', '.cell-title a', 620],
    ['finding', `/findings/${finding?.id}`, '.event', 760],
  ] as const) {
    const page = await browser.newPage({ viewport: { width: 1120, height } })
    await page.goto(samples.url + path)
    await page.locator(ready).first().waitFor()
    await page.screenshot({ path: `${FOLDER}/${name}.png` })
    await page.close()
  }
  await samples.close()
}

/** What a channel is told of the first incident. */
async function firstMessage(): Promise<Message> {
  const database = await startDatabase()
  const told: Message[] = []
  const system = await startSystem({
    database,
    channels: [
      {
        name: 'picture',
        async publish(message) {
          told.push(message)
          return undefined
        },
      },
    ],
    onProblem: (problem) => {
      throw new Error(problem)
    },
  })
  const [incident] = await readIncidents('samples')
  if (incident) await system.replay(incident)
  system.close()
  await database.close()
  const [message] = told
  if (!message) throw new Error('the first incident tells nothing')
  return message
}

async function slackShot(browser: Browser): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 760, height: 400 } })
  await page.setContent(slackPage(fullBlocks(messageContent(await firstMessage()))))
  await page.screenshot({
    path: `${FOLDER}/slack.png`,
    clip: { x: 0, y: 0, width: 760, height: 900 },
    fullPage: true,
  })
  await page.close()
}

mkdirSync(FOLDER, { recursive: true })
const browser = await openBrowser()
await pageShots(browser)
await slackShot(browser)
await browser.close()
