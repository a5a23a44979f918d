/** The real command line as a child process: about half a second each, so only for codes and streams. */
import { spawn } from 'node:child_process'

export interface Run {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

interface Circumstances {
  readonly input?: string
  readonly env?: NodeJS.ProcessEnv
  /** Called with each piece of stdout, and a way to end the reading of it. */
  readonly onData?: (text: string, closeStdout: () => void) => void
  /** Sent this long after the start. */
  readonly interruptAfterMs?: number
}

export function runHca(args: readonly string[], circumstances: Circumstances = {}): Promise<Run> {
  const { input = '', env = {}, onData, interruptAfterMs } = circumstances
  const child = spawn(process.execPath, ['--import', 'tsx', 'cli/hca.ts', ...args], {
    env: { ...process.env, ...env },
  })
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text
    onData?.(text, () => child.stdout.destroy())
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text
  })
  if (interruptAfterMs === undefined) child.stdin.end(input)
  else setTimeout(() => child.kill('SIGINT'), interruptAfterMs)
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, ...output }))
  })
}
