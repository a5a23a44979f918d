import { useState } from 'preact/hooks'
import type { FindingDocument } from '../../shared/api/documents.ts'
import { api } from '../api/client.ts'
import { Moment } from '../parts/moment.tsx'
import { SuppressForm } from './suppress-form.tsx'

interface SuppressionSectionProps {
  readonly document: FindingDocument
  readonly onChange: (document: FindingDocument) => void
}

/** Tell nobody of it for a while, and why; or tell people again. */
export function SuppressionSection({ document, onChange }: SuppressionSectionProps) {
  const { status, suppression, finding } = document
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  if (status === 'resolved') return null
  const change = async (request: Promise<FindingDocument>) => {
    setBusy(true)
    setProblem(undefined)
    await request.then(onChange, (error: Error) => setProblem(error.message))
    setBusy(false)
  }
  return (
    <section aria-labelledby="suppression-heading">
      <h2 id="suppression-heading">{status === 'suppressed' ? 'Suppressed' : 'Suppress'}</h2>
      {status === 'suppressed' && suppression ? (
        <>
          <p>
            Until <Moment at={suppression.until} />
            {/* What somebody calls himself must not turn round what stands beside it. */}
            {suppression.by !== undefined && (
              <>
                , by <bdi>{suppression.by}</bdi>
              </>
            )}
            : <bdi>{suppression.reason}</bdi>
          </p>
          <button type="button" disabled={busy} onClick={() => change(api.lift(finding.id))}>
            Lift the suppression
          </button>
        </>
      ) : (
        <SuppressForm busy={busy} onSubmit={(request) => change(api.suppress(finding.id, request))} />
      )}
      {problem && (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
    </section>
  )
}
