import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InputError } from '../../shared/input-error.ts'
import { packageRoot } from '../package-root.ts'
import { htmlRenderer } from './html.ts'
import type { Picture } from './renderer.ts'

/** @throws InputError when the page was never built */
export async function loadHtml(): Promise<Picture> {
  const read = (name: string) => readFile(join(packageRoot(), 'dist', 'report', name), 'utf8')
  try {
    return htmlRenderer({ script: await read('report.js'), style: await read('report.css') })
  } catch {
    throw new InputError('--output html: the page is not built yet; run npm run build first')
  }
}
