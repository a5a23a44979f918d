import { useEffect, useState } from 'preact/hooks'
import type { FindingDocument } from '../../shared/api/documents.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import { api } from '../api/client.ts'
import { useAnswer } from '../api/use-answer.ts'
import { StatusBadge } from '../parts/badges.tsx'
import { Link } from '../parts/link.tsx'
import { useTitle } from '../parts/use-title.ts'
import { Waiting } from '../parts/waiting.tsx'
import { FindingView } from './finding-view.tsx'
import { LifeSection } from './life-section.tsx'
import { SuppressionSection } from './suppression-section.tsx'
import { TruncatedNote } from './truncated-note.tsx'

export function DetailPage({ id }: { readonly id: string }) {
  const [answer, retry] = useAnswer((signal) => api.finding(id, signal), [id])
  return (
    <>
      <p class="back">
        <Link to="/findings">← All findings</Link>
      </p>
      <Waiting answer={answer} what="the finding" retry={retry}>
        {(document) => <Detail key={document.finding.id} first={document} />}
      </Waiting>
    </>
  )
}

function Detail({ first }: { readonly first: FindingDocument }) {
  const [document, setDocument] = useState(first)
  useEffect(() => setDocument(first), [first])
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
          <SuppressionSection document={document} onChange={setDocument} />
          <TruncatedNote {...document} />
        </>
      }
    />
  )
}
