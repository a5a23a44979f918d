/** What has an open finding, for the watcher: also where nobody is told for now. */
import type { OpenSubject } from '../events/watch.ts'
import type { SubjectKind } from './finding.ts'
import type { FindingStore } from './store.ts'

const PAGE = 1000

export const openSubjectsIn =
  (store: Pick<FindingStore, 'list'>) =>
  async (accountId: string, region: string): Promise<readonly OpenSubject[]> => {
    const subjects = new Map<string, OpenSubject>()
    // Over the index of what is open: the one of the account also holds all that was ever resolved.
    for (const status of ['open', 'suppressed'] as const) {
      let cursor: string | undefined
      do {
        const page = await store.list({ status }, { limit: PAGE, ...(cursor !== undefined && { cursor }) })
        for (const { subjectKind: kind, subjectArn: arn, ...where } of page.items)
          if (where.accountId === accountId && where.region === region)
            subjects.set(arn, { kind: kind as SubjectKind, arn })
        cursor = page.cursor
      } while (cursor !== undefined)
    }
    return [...subjects.values()]
  }
