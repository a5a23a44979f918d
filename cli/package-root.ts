/** Where the package is installed: its samples lie beside its code, built or not. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export function packageRoot(from = fileURLToPath(import.meta.url)): string {
  const folder = dirname(from)
  if (existsSync(join(folder, 'package.json')) || folder === dirname(folder)) return folder
  return packageRoot(folder)
}
