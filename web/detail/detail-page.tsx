import type { FindingDocument } from '../../shared/api/documents.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import { api } from '../api/client.ts'
import { useAnswer } from '../api/use-answer.ts'
import { StatusBadge } from '../parts/badges.tsx'
import { Link } from '../parts/link.tsx'
import { StaleNote } from '../parts/stale-note.tsx'
import { REFRESH_EVERY } from '../parts/use-every.ts'
import { useTitle } from '../parts/use-title.ts'
import { Waiting } from '../parts/waiting.tsx'
import { FindingView } from './finding-view.tsx'
import { LifeSection } from './life-section.tsx'
import { SuppressionSection } from './suppression-section.tsx'
import { TruncatedNote } from './truncated-note.tsx'

export function DetailPage({ id }: { readonly id: string }) {
  const { answer, again, replace } = useAnswer((signal) => api.finding(id, signal), [id], REFRESH_EVERY)
  return (
    <>
      <p class="back">
        <Link to="/findings">← All findings</Link>
        {answer.state === 'there' && (
          <span class="as-of">
            {` · as of ${answer.asOf.toISOString().slice(11, 19)} UTC, refreshed by itself`}
          </span>
        )}
      </p>
      {answer.state === 'there' && <StaleNote error={answer.error} retry={again} />}
      <Waiting answer={answer} what="the finding" retry={again}>
        {(document) => <Detail key={document.finding.id} document={document} onChange={replace} />}
      </Waiting>
    </>
  )
}

interface DetailProps {
  readonly document: FindingDocument
  readonly onChange: (document: FindingDocument) => void
}

function Detail({ document, onChange }: DetailProps) {
  // The schema says it of the API's answer; the engine's own type names the same more closely.
  const finding = document.finding as Finding
  useTitle(finding.rootCause.title)
  return (
    <FindingView
      finding={finding}
      change={document.changedBy}
      state={<StatusBadge status={document.status} />}
      life={
        <>
          <LifeSection document={document} />
          <SuppressionSection document={document} onChange={onChange} />
          <TruncatedNote {...document} />
        </>
      }
    />
  )
}
