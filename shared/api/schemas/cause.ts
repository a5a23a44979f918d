import * as z from 'zod'
import { severities } from '../../findings/finding.ts'
import { named, schemaVersion } from './registry.ts'

/** `CatalogueEntry` as a schema. */
const entrySchema = z
  .object({
    code: z.string(),
    title: z.string(),
    severity: z.enum(severities),
    class: z.string(),
    evidence: z.string(),
    fix: z.string(),
    traps: z.array(z.string()),
    documentation: z.string(),
  })
  .describe('A root cause that can be named')
  .register(named, { id: 'CatalogueEntry' })

export const causeDocumentSchema = entrySchema
  .extend({ schemaVersion })
  .register(named, { id: 'CauseDocument' })

export const causesDocumentSchema = z
  .object({ schemaVersion, causes: z.array(entrySchema) })
  .register(named, { id: 'CausesDocument' })
