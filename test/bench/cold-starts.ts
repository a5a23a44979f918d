/** How long each built function takes from the start of its process until its handler has answered for the first time. */
import { existsSync, readFileSync } from 'node:fs'
import Table from 'cli-table3'
import { bundleOf, startFunction } from '../lambda/start-function.ts'

const ROUNDS = 5
const SIZES = new URL('../../dist/function-sizes.json', import.meta.url)

/** Of this machine: Lambda's own start of a microVM comes on top. */
const ENVIRONMENT = {
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  ACCOUNT_ID: '111122223333',
  FINDINGS_TABLE: 'findings',
  FINDINGS_BUCKET: 'findings',
  EVENT_BUS: 'default',
}

export async function coldStartReport(): Promise<string> {
  if (!existsSync(SIZES)) return 'cold starts: the functions are not built (npm run build)'
  const sizes = JSON.parse(readFileSync(SIZES, 'utf8')) as Readonly<Record<string, number>>
  const table = new Table({
    head: ['cold start, until the first answer', 'median', 'most', 'loaded'],
    colAligns: ['left', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  })
  for (const [name, bytes] of Object.entries(sizes).filter(([name]) => existsSync(bundleOf(name)))) {
    const times: number[] = []
    for (let round = 0; round < ROUNDS; round += 1) times.push(await coldStart(name))
    times.sort((a, b) => a - b)
    const [median = 0, most = 0] = [times[Math.floor(ROUNDS / 2)], times.at(-1)]
    table.push([name, `${Math.round(median)} ms`, `${Math.round(most)} ms`, `${Math.round(bytes / 1000)} kB`])
  }
  return table.toString()
}

/** With an event that it refuses: no AWS is asked. */
async function coldStart(name: string): Promise<number> {
  const start = performance.now()
  const { invoke, stop } = await startFunction(name, ENVIRONMENT)
  await invoke({ Records: [] })
  const time = performance.now() - start
  stop()
  return time
}
