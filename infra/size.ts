/** `npm run size`: what each function loads at a cold start (built by `npm run build`), held against its budget. */
import { readFileSync } from 'node:fs'
import { functions } from './functions.ts'

const sizes: Readonly<Record<string, number>> = JSON.parse(
  readFileSync(new URL('../dist/function-sizes.json', import.meta.url), 'utf8'),
)

for (const [name, { kilobytesAtStart: budget }] of Object.entries(functions)) {
  const bytes = sizes[name]
  const kilobytes = bytes === undefined ? undefined : Math.ceil(bytes / 1000)
  const fits = kilobytes !== undefined && kilobytes <= budget
  const told = kilobytes === undefined ? 'not built: npm run build' : `${kilobytes} kB of ${budget}`
  process.stdout.write(`${fits ? 'ok      ' : 'TOO BIG '} ${name.padEnd(22)} ${told}\n`)
  if (!fits) process.exitCode = 1
}
