/** `npm run docs:causes`: writes docs/causes.md. */
import { writeFileSync } from 'node:fs'
import { catalogue } from '../../shared/diagnosis/catalogue/index.ts'
import { causesPage } from './render.ts'

writeFileSync(new URL('../../docs/causes.md', import.meta.url), causesPage(catalogue))
