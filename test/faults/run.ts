/**
 * `npm run test:faults`: events, crashes, throttling and outages on a virtual clock.
 * HCA_SEED=n repeats a run, HCA_FAULT_EVENTS=n makes it shorter or longer than 10,000 events.
 */
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const report = process.env.HCA_TEST_REPORT
const reporters = report ? ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`] : []
const args = [
  'vitest',
  'run',
  '--config',
  join(here, 'vitest.config.ts'),
  ...reporters,
  ...process.argv.slice(2),
]
const { status } = spawnSync('npx', args, { cwd: join(here, '..', '..'), stdio: 'inherit' })
process.exitCode = status ?? 1
