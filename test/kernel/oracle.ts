/** Processes of oracle.py, each with namespaces of its own. */
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { KernelNetwork } from './plan.ts'

export interface Oracle {
  /** For each probe whether it was answered. */
  readonly judge: (network: KernelNetwork) => Promise<readonly boolean[]>
  readonly stop: () => void
}

const script = join(dirname(fileURLToPath(import.meta.url)), 'oracle.py')

/** @throws Error with what the process complained of */
export async function startOracle(): Promise<Oracle> {
  const child = spawn('python3', ['-B', script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async () => {
    const { value, done } = await lines.next()
    if (done) throw new Error('the kernel oracle ended')
    const line = JSON.parse(value)
    if (line.error) throw new Error(`the kernel oracle failed:\n${line.error}`)
    return line
  }
  await next()
  return {
    judge: async (network) => {
      child.stdin.write(`${JSON.stringify(network)}\n`)
      return (await next()).passed
    },
    stop: () => child.stdin.end(),
  }
}
