/** What is remembered of findings (`shared/findings/record.ts`) as schemas. */
import * as z from 'zod'
import { severities } from '../../findings/finding.ts'
import { findingSchema } from './finding.ts'
import { moment, named, schemaVersion } from './registry.ts'

export const statuses = ['open', 'resolved', 'suppressed'] as const
const changeKind = z.enum(['opened', 'reopened', 'resolved', 'changed', 'attributed'])

const changeSchema = z
  .object({
    eventId: z.string(),
    eventName: z.string(),
    at: moment,
    by: z.string(),
    sourceAddress: z.string().optional(),
    userAgent: z.string().optional(),
  })
  .describe('Who changed the component at fault last before it failed, as CloudTrail recorded it')
  .register(named, { id: 'Change' })

const cursor = z.string().optional().meta({ description: 'Where the next page begins; absent on the last' })

const summarySchema = z
  .object({
    id: z.string(),
    status: z.enum(statuses),
    severity: z.enum(severities),
    code: z.string(),
    title: z.string(),
    subjectKind: z.string(),
    subjectName: z.string(),
    subjectArn: z.string(),
    accountId: z.string(),
    region: z.string(),
    firstSeen: moment,
    lastSeen: moment,
    openedAt: moment,
    resolvedAt: moment.optional(),
    occurrences: z.int(),
    version: z.int(),
    suppressedUntil: moment.optional(),
    suppressedReason: z.string().optional(),
  })
  .register(named, { id: 'FindingSummary' })

export const findingsPageSchema = z
  .object({ schemaVersion, findings: z.array(summarySchema), cursor })
  .describe('Open ones first, then the last seen first')
  .register(named, { id: 'FindingsPage' })

const historyEntrySchema = z
  .object({
    findingId: z.string(),
    version: z.int(),
    kind: changeKind,
    at: moment,
    status: z.enum(['open', 'resolved']),
    severity: z.enum(severities),
    code: z.string(),
    title: z.string(),
    replayed: z.boolean(),
    changedBy: z.string().optional(),
  })
  .register(named, { id: 'HistoryEntry' })

export const historyPageSchema = z
  .object({ schemaVersion, history: z.array(historyEntrySchema), cursor })
  .describe('The latest change first')
  .register(named, { id: 'HistoryPage' })

export const findingDocumentSchema = z
  .object({
    schemaVersion,
    status: z.enum(statuses),
    firstSeen: moment,
    lastSeen: moment,
    openedAt: moment,
    resolvedAt: moment.optional(),
    occurrences: z.int(),
    version: z.int(),
    changeKind,
    changedAt: moment,
    replayed: z.boolean(),
    changedBy: changeSchema.optional(),
    suppression: z.object({ until: moment, reason: z.string(), by: z.string().optional() }).optional(),
    truncated: z
      .record(z.string(), z.object({ kept: z.int(), total: z.int() }))
      .optional()
      .meta({ description: 'Lists of a large finding of which not all is here; absent where it is whole' }),
    incomplete: z.string().optional().meta({ description: 'Why what was left out cannot be had' }),
    finding: findingSchema,
  })
  .describe('A finding with its life')
  .register(named, { id: 'FindingDocument' })
