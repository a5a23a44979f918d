/** `hca` as a person runs it: a process of its own, from the sources. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Finding } from '../../shared/findings/finding.ts'
import type { Snapshot } from '../../shared/snapshot/types.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const scratch = mkdtempSync(join(tmpdir(), 'hca-test-'))

export interface Outcome {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export function hca(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  const command = ['--import', 'tsx', join(root, 'cli', 'hca.ts'), ...args]
  const options = { cwd: root, env: { ...process.env, ...env }, maxBuffer: 1 << 28 }
  return new Promise((resolve) => {
    const child = execFile(process.execPath, command, options, (_error, stdout, stderr) =>
      resolve({ exitCode: child.exitCode ?? -1, stdout, stderr }),
    )
  })
}

export interface Collected {
  readonly file: string
  readonly snapshot: Snapshot
  readonly stderr: string
}

/** `hca snapshot collect`, which has to succeed. */
export async function collect(name: string, args: readonly string[]): Promise<Collected> {
  const file = join(scratch, name)
  const { exitCode, stderr } = await hca(['snapshot', 'collect', '--out', file, ...args])
  if (exitCode !== 0) throw new Error(`hca snapshot collect: exit ${exitCode}: ${stderr}`)
  return { file, snapshot: JSON.parse(readFileSync(file, 'utf8')), stderr }
}

export interface Audited {
  readonly exitCode: number
  readonly findings: readonly Finding[]
}

/** `hca audit --snapshot`, with what it printed as JSON. */
export async function audit(file: string, args: readonly string[] = []): Promise<Audited> {
  const { exitCode, stdout, stderr } = await hca(['audit', '--snapshot', file, '--output', 'json', ...args])
  if (exitCode === 2) throw new Error(`hca audit: ${stderr}`)
  return { exitCode, findings: JSON.parse(stdout).findings }
}
