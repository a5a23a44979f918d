import type { FindingSummary } from '../../shared/api/documents.ts'

const textOf = (finding: FindingSummary): string =>
  [
    finding.title,
    finding.code,
    finding.subjectName,
    finding.subjectArn,
    finding.accountId,
    finding.region,
    finding.id,
  ]
    .join('\n')
    .toLowerCase()

const texts = new WeakMap<FindingSummary, string>()

/** Computed once a finding: the list is searched with every key. */
function searchable(finding: FindingSummary): string {
  const known = texts.get(finding)
  if (known !== undefined) return known
  const text = textOf(finding)
  texts.set(finding, text)
  return text
}

/** The findings in which every word of the question occurs. */
export function search(findings: readonly FindingSummary[], question: string): readonly FindingSummary[] {
  const words = question.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return findings
  return findings.filter((finding) => words.every((word) => searchable(finding).includes(word)))
}
