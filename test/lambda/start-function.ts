/** A built function in a process of its own, as Lambda starts it. */
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { type Invocation, startRuntimeApi } from './runtime-api.ts'

/** Two folders below the root, here and in the bench's bundle. */
const root = new URL('../../', import.meta.url)
const runtime = fileURLToPath(new URL('test/lambda/runtime.mjs', root))

export const bundleOf = (name: string): string =>
  fileURLToPath(new URL(`dist/functions/${name}/index.mjs`, root))

export interface RunningFunction {
  readonly invoke: (event: unknown) => Promise<Invocation>
  readonly stop: () => void
  /** What it printed. */
  readonly log: () => string
}

/** @param environment nothing of our own is passed on but PATH */
export async function startFunction(
  name: string,
  environment: Readonly<Record<string, string>>,
): Promise<RunningFunction> {
  const api = await startRuntimeApi()
  const child = spawn(process.execPath, ['--enable-source-maps', runtime, bundleOf(name)], {
    env: {
      PATH: process.env.PATH,
      AWS_LAMBDA_RUNTIME_API: api.address,
      AWS_LAMBDA_FUNCTION_NAME: name,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const printed: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => printed.push(String(data)))
  const died = new Promise<never>((_, reject) => {
    child.on('exit', (code) => reject(new Error(`${name} ended with ${code}:\n${printed.join('')}`)))
  })
  died.catch(() => {})
  return {
    invoke: (event) => Promise.race([api.invoke(event), died]),
    stop() {
      child.kill()
      api.close()
    },
    log: () => printed.join(''),
  }
}
