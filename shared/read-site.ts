/** The built page from its folder, once: it is small, and what is in memory cannot be left by `..`. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { Site } from './api/site.ts'

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** @returns undefined when it is not built */
export function readSite(folder: string): Site | undefined {
  if (!existsSync(folder)) return undefined
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return new Map(
    files.flatMap((name) => {
      const type = types[extname(name)]
      return type === undefined
        ? []
        : [[`/${name.replaceAll('\\', '/')}`, { type, body: readFileSync(join(folder, name), 'utf8') }]]
    }),
  )
}
