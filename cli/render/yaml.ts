import { stringify } from 'yaml'
import { auditDocument } from './json.ts'
import type { Renderer } from './renderer.ts'

/** Long texts stay on their line, and what stands twice is written twice: no anchors for people to follow. */
const text = (value: unknown): string => stringify(value, { lineWidth: 0, aliasDuplicateObjects: false })

export const yaml: Renderer = {
  audit: (result) => text(auditDocument(result)),
  explanation: text,
  answers: { open: '', separator: '', close: '', answer: (answer) => `---\n${text(answer)}` },
}
