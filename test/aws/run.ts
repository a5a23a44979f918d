/** `npm run test:aws`: moto as AWS, the tests against it, and one last line with the sum. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { findPython } from './python.ts'

const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '..', '..')

interface Server {
  readonly url: string
  readonly stop: () => void
}

async function startMoto(python: string): Promise<Server> {
  const child = spawn(python, [join(here, 'moto_server.py')], { stdio: ['ignore', 'pipe', 'pipe'] })
  const complaints: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => complaints.push(line))
  for await (const line of createInterface({ input: child.stdout })) {
    const port = /^ready (\d+)$/.exec(line)?.[1]
    if (port) return { url: `http://127.0.0.1:${port}`, stop: () => child.kill() }
  }
  throw new Error(`moto did not start:\n${complaints.join('\n')}`)
}

const ended = (child: ChildProcess) =>
  new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? 1)))

/** Nothing of the developer's own AWS set-up may take part. */
function environment(python: string, url: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'))
  return {
    ...Object.fromEntries(own),
    HCA_TEST_PYTHON: python,
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'moto',
    AWS_SECRET_ACCESS_KEY: 'moto',
    AWS_REGION: 'ap-northeast-1',
    AWS_DEFAULT_REGION: 'ap-northeast-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  }
}

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

const scratch = mkdtempSync(join(tmpdir(), 'hca-aws-'))
const python = findPython(root)
// What is deployed and started are the bundles.
execFileSync('npm', ['run', 'build', '--silent'], { cwd: root, stdio: 'inherit' })
const moto = await startMoto(python)
try {
  const output = process.env.HCA_TEST_REPORT ?? join(scratch, 'report.json')
  const args = ['vitest', 'run', '--config', join(here, 'vitest.config.ts')]
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${output}`]
  const vitest = spawn('npx', [...args, ...reporters, ...process.argv.slice(2)], {
    cwd: root,
    env: environment(python, moto.url),
    stdio: 'inherit',
  })
  process.exitCode = await ended(vitest)
  const { passed, failed } = count(JSON.parse(readFileSync(output, 'utf8')))
  if (failed > 0) process.exitCode ||= 1
  process.stdout.write(`${passed} passed, ${failed} failed\n`)
} finally {
  moto.stop()
  rmSync(scratch, { recursive: true, force: true })
}
