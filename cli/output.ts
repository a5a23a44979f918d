/** Data goes to stdout; whatever else there is to say goes to stderr. */
import type { RenderOptions } from './render/renderer.ts'

const MIN_WIDTH = 60
const MAX_WIDTH = 140
/** Where there is no terminal to ask. */
const DEFAULT_WIDTH = 120

/** Resolves when the reader has taken it, so that a slow reader slows the writer and not the memory. */
export const writeData = (text: string | Uint8Array): Promise<void> =>
  new Promise((resolve) => {
    process.stdout.write(text, () => resolve())
  })

/** How to render for who reads stdout: colour on a terminal only, and never against NO_COLOR (no-color.org). */
export function renderOptions(
  { isTTY, columns }: Pick<NodeJS.WriteStream, 'isTTY' | 'columns'> = process.stdout,
  environment: NodeJS.ProcessEnv = process.env,
): RenderOptions {
  const refused = Boolean(environment.NO_COLOR) || environment.TERM === 'dumb'
  return {
    colour: isTTY === true && !refused,
    width: Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, columns ?? DEFAULT_WIDTH)),
  }
}

/** A word to the person at the terminal. */
export const note = (text: string): void => {
  process.stderr.write(`hca: ${text}\n`)
}
