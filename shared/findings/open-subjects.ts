/** What has an open finding, for the watcher: also where nobody is told for now. */
import type { OpenSubject } from '../events/still-open.ts'
import type { SubjectKind } from './finding.ts'
import type { FindingSummary } from './record.ts'
import type { FindingFilter, FindingStore } from './store.ts'

const PAGE = 1000

export const openSubjectsIn =
  (store: Pick<FindingStore, 'list'>) =>
  async (accountId: string, region: string): Promise<readonly OpenSubject[]> => {
    // Over the index of what is open: the one of the account also holds all that was ever resolved.
    const open = [
      ...(await allOf(store, { status: 'open' })),
      ...(await allOf(store, { status: 'suppressed' })),
    ]
    const here = open.filter((finding) => finding.accountId === accountId && finding.region === region)
    const subjects = here.map(({ subjectKind, subjectArn: arn }) => ({
      kind: subjectKind as SubjectKind,
      arn,
    }))
    return [...new Map(subjects.map((subject) => [subject.arn, subject])).values()]
  }

async function allOf(store: Pick<FindingStore, 'list'>, filter: FindingFilter): Promise<FindingSummary[]> {
  const items: FindingSummary[] = []
  let cursor: string | undefined
  do {
    const page = await store.list(filter, { limit: PAGE, ...(cursor !== undefined && { cursor }) })
    items.push(...page.items)
    cursor = page.cursor
  } while (cursor !== undefined)
  return items
}
