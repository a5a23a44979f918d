/** The whole program, as a process: on two of the recorded samples, the same target group sick and well again. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const SAMPLES = ['01-alb-group-without-egress', '06-alb-group-repaired']

let home: string
const started: ChildProcess[] = []

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'hca-process-'))
  for (const name of SAMPLES)
    await cp(join(root, 'samples', name), join(home, 'samples', name), { recursive: true })
})
afterEach(async () => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
  await rm(home, { recursive: true })
})

interface Run {
  readonly child: ChildProcess
  readonly out: () => string
  readonly err: () => string
  readonly exit: Promise<number | null>
}

function hca(...args: string[]): Run {
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'cli/hca.ts'), ...args], { cwd: root })
  started.push(child)
  let out = ''
  let err = ''
  child.stdout.on('data', (text) => {
    out += text
  })
  child.stderr.on('data', (text) => {
    err += text
  })
  const exit = once(child, 'close').then(([code]) => code as number | null)
  return { child, out: () => out, err: () => err, exit }
}

const local = (...args: string[]) =>
  hca('local', '--dir', join(home, '.hca'), '--port', '0', '--samples', join(home, 'samples'), ...args)

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300 && !condition(); tries += 1)
    await new Promise((next) => setTimeout(next, 50))
  expect(condition()).toBe(true)
}

describe('hca local', () => {
  it('--once prints each incident, and nothing new the second time', async () => {
    const first = local('--once')
    expect(await first.exit).toBe(0)
    expect(first.out()).toMatch(
      /▶ 01 [\s\S]*CRITICAL · new[\s\S]*net\.lb-sg-egress \(proven\)[\s\S]*◀ BLOCKED HERE/,
    )
    expect(first.out()).toMatch(/▶ 06 [\s\S]*RESOLVED[\s\S]*it lasted 5 h 43 min/)
    expect(first.err()).toMatch(/^hca: 2 incidents replayed; the findings are kept in .*\n$/)
    const second = local('--once')
    expect(await second.exit).toBe(0)
    expect(second.out().match(/Nothing new to tell/g)).toHaveLength(2)
    expect(second.out()).not.toContain('net.lb-sg-egress')
  }, 30_000)

  it('stays, answers a second terminal, keeps others out, and ends with Ctrl-C', async () => {
    const running = local()
    await until(() => running.err().includes('Ctrl-C ends it.'))
    const list = hca('findings', 'list', '--output', 'json', '--dir', join(home, '.hca'))
    expect(await list.exit).toBe(0)
    expect(JSON.parse(list.out()).findings).toMatchObject([{ code: 'net.lb-sg-egress', status: 'resolved' }])
    const [, api = ''] = /the API answers at (http:\/\/127\.0\.0\.1:\d+)\/findings/.exec(running.err()) ?? []
    const { findings } = (await (await fetch(`${api}/findings`)).json()) as { findings: object[] }
    expect(findings).toEqual(JSON.parse(list.out()).findings)
    const other = local('--once')
    expect(await other.exit).toBe(2)
    expect(other.err()).toMatch(/^hca: .*another hca local \(pid \d+\) runs there: .*\n$/)
    running.child.kill('SIGINT')
    expect(await running.exit).toBe(130)
    expect(existsSync(join(home, '.hca', 'endpoint.json'))).toBe(false)
  }, 60_000)

  it('a port that is taken or none ends it with one line, and leaves nothing behind', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    const refused = local('--port', String(port))
    expect(await refused.exit).toBe(2)
    expect(refused.err()).toBe(`hca: port ${port}: cannot be opened (EADDRINUSE): give another with --port\n`)
    expect(existsSync(join(home, '.hca', 'endpoint.json'))).toBe(false)
    taken.close()
    const nonsense = local('--port', 'http')
    expect(await nonsense.exit).toBe(2)
    expect(nonsense.err()).toBe('hca: --port "http": expected 0 (any that is free) to 65535\n')
  }, 30_000)

  it('a broken sample ends it with one line', async () => {
    await rm(join(home, 'samples', SAMPLES[0] ?? '', 'event.json'))
    const broken = local('--once')
    expect(await broken.exit).toBe(2)
    expect(broken.err()).toMatch(/^hca: .*event\.json: ENOENT.*\n$/)
  }, 30_000)
})
