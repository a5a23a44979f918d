/** `npm run test:web`: builds the page, opens it in Chromium, and prints one last line with the sum. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CHROMIUM } from './chromium.ts'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '..', '..')

const ended = (child: ChildProcess) =>
  new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? 1)))

const run = (...args: readonly string[]) => ended(spawn('npx', args, { cwd: root, stdio: 'inherit' }))

interface Report {
  readonly success: boolean
  readonly numTotalTests: number
  readonly numPassedTests: number
}

/** Whatever did not pass has failed: skipped tests, and files that could not be loaded. */
function count(report: Report): { passed: number; failed: number } {
  const failed = report.numTotalTests - report.numPassedTests
  return { passed: report.numPassedTests, failed: report.success ? failed : Math.max(failed, 1) }
}

async function test(): Promise<number> {
  const scratch = mkdtempSync(join(tmpdir(), 'hca-web-'))
  try {
    const output = process.env.HCA_TEST_REPORT ?? join(scratch, 'report.json')
    const config = ['--config', join(here, 'vitest.config.ts')]
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${output}`]
    const code = await run('vitest', 'run', ...config, ...reporters, ...process.argv.slice(2))
    const { passed, failed } = count(JSON.parse(readFileSync(output, 'utf8')))
    process.stdout.write(`${passed} passed, ${failed} failed\n`)
    return code || Math.min(failed, 1)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

async function main(): Promise<number> {
  if (!existsSync(CHROMIUM)) {
    process.stderr.write(
      `test:web: ${CHROMIUM} is not there: apt-get install -y chromium, or name a browser in CHROMIUM\n`,
    )
    return 1
  }
  return (
    (await run('vite', 'build', 'web')) || (await run('vite', 'build', 'web', '--mode', 'report')) || test()
  )
}

process.exitCode = await main()
