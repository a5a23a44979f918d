import { InputError } from '../shared/input-error.ts'

/** @throws InputError for what is no port */
export function parsePort(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new InputError(`--port ${JSON.stringify(text)}: expected 0 (any that is free) to 65535`)
}
