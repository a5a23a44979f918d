/** The question of the explain form; it stands in the address bar too. */
import type { Question } from '../../shared/api/documents.ts'

const fields = ['from', 'to', 'port', 'protocol', 'sourcePort'] as const
export type Field = (typeof fields)[number]
export type Draft = { readonly [F in Field]: string }

export const draftOf = (query: URLSearchParams): Draft => ({
  from: query.get('from') ?? '',
  to: query.get('to') ?? '',
  port: query.get('port') ?? '',
  protocol: query.get('protocol') ?? 'tcp',
  sourcePort: query.get('sourcePort') ?? '',
})

/** @returns undefined while one of the ends is missing */
export function questionOf(draft: Draft): Question | undefined {
  const given = fields.filter((field) => draft[field].trim() !== '')
  if (!given.includes('from') || !given.includes('to')) return undefined
  const { from, to, ...rest } = Object.fromEntries(given.map((field) => [field, draft[field].trim()]))
  return { from: from ?? '', to: to ?? '', ...rest }
}

export const pathOf = (draft: Draft): string =>
  `/explain?${new URLSearchParams(fields.filter((field) => draft[field] !== '').map((field) => [field, draft[field]]))}`
