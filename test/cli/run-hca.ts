/** The real command line as a child process: about half a second each, so only for codes and streams. */
import { type ChildProcess, spawn } from 'node:child_process'

export interface Run {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

interface Circumstances {
  readonly input?: string
  readonly inputStaysOpen?: boolean
  /** Called with each piece of stdout. */
  readonly onData?: (text: string, child: ChildProcess) => void
}

export function runHca(args: readonly string[], circumstances: Circumstances = {}): Promise<Run> {
  const { input = '', inputStaysOpen = false, onData } = circumstances
  const child = spawn(process.execPath, ['--import', 'tsx', 'cli/hca.ts', ...args])
  const output = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text
    onData?.(text, child)
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text
  })
  child.stdin.write(input)
  if (!inputStaysOpen) child.stdin.end()
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, ...output }))
  })
}
