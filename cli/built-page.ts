import { join } from 'node:path'
import type { Site } from '../shared/api/site.ts'
import { readSite } from '../shared/read-site.ts'
import { note } from './output.ts'
import { packageRoot } from './package-root.ts'

/** Without it the API answers all the same. */
export function builtPage(): Site | undefined {
  const site = readSite(join(packageRoot(), 'dist', 'web'))
  if (!site) note('the findings page is not built: npm run build')
  return site
}
