import type { Renderer } from './renderer.ts'

const line = (value: unknown): string => `${JSON.stringify(value)}\n`

export const ndjson: Renderer = {
  audit: ({ findings }) => findings.map(line).join(''),
  explanation: line,
  answers: { open: '', separator: '', close: '', answer: line, behindJson: '\n' },
}
