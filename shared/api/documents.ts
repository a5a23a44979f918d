/** The API's answers as types, for who asks it: the findings page. */
import type * as z from 'zod'
import type { causeDocumentSchema, causesDocumentSchema } from './schemas/cause.ts'
import type { explanationSchema } from './schemas/explanation.ts'
import type { findingDocumentSchema, findingsPageSchema, historyPageSchema } from './schemas/record.ts'
import type { questionSchema, suppressionSchema } from './schemas/requests.ts'

export type { LoginDocument } from '../login/document.ts'

export type FindingsPage = z.output<typeof findingsPageSchema>
export type FindingSummary = FindingsPage['findings'][number]
export type FindingDocument = z.output<typeof findingDocumentSchema>
export type HistoryPage = z.output<typeof historyPageSchema>
export type HistoryEntry = HistoryPage['history'][number]
export type CausesDocument = z.output<typeof causesDocumentSchema>
export type CauseDocument = z.output<typeof causeDocumentSchema>
export type ExplanationDocument = z.output<typeof explanationSchema>
export type Question = z.input<typeof questionSchema>
export type SuppressionRequest = z.input<typeof suppressionSchema>
