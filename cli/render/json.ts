import type { AuditResult } from '../../shared/findings/finding.ts'
import type { Renderer } from './renderer.ts'

/** The document that `hca audit` prints for programs. */
export const auditDocument = ({ findings }: AuditResult) => ({ schemaVersion: '1', findings }) as const

const pretty = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

export const json: Renderer = {
  audit: (result) => pretty(auditDocument(result)),
  explanation: pretty,
  answers: {
    open: '{"schemaVersion":"1","results":[\n',
    separator: ',\n',
    close: '\n]}\n',
    answer: (answer) => JSON.stringify(answer),
    behindJson: '',
  },
}
