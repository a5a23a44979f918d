/** What the message about many findings says. */
import { type Content, listSection } from './content.ts'
import type { Digest } from './digest.ts'

const MAX_CAUSES = 10

export function digestContent({ count, severity, causes, accounts, regions, pageUrl }: Digest): Content {
  const told = causes.slice(0, MAX_CAUSES)
  const rest = causes.slice(MAX_CAUSES).map(({ code, findings }) => ({ text: `${code}: ${findings.length}` }))
  return {
    label: `${severity.toUpperCase()} · ${count} findings at once`,
    mark: '✗',
    headline: `${count} more findings opened at the same time, of ${causes.length === 1 ? 'one cause' : `${causes.length} causes`}, in account ${accounts.join(', ')}, ${regions.join(', ')}. Each is recorded; its end will be told.`,
    sections: [
      ...told.flatMap(({ code, findings }) =>
        listSection(
          `${code}: ${findings.length}`,
          findings.map(({ headline }) => ({ mark: '✗', text: headline })),
        ),
      ),
      ...listSection('Further causes', rest),
    ],
    links: pageUrl === undefined ? [] : [{ text: 'All findings', url: `${pageUrl}/findings` }],
    over: false,
  }
}
