import { useState } from 'preact/hooks'
import type { SuppressionRequest } from '../../shared/api/documents.ts'

interface SuppressFormProps {
  readonly busy: boolean
  readonly onSubmit: (request: SuppressionRequest) => void
}

const DAY = 86_400_000

/** `2026-12-01T09:00`, as the browser's own field has it; it stands for UTC here. */
const inDays = (days: number): string => new Date(Date.now() + days * DAY).toISOString().slice(0, 16)

export function SuppressForm({ busy, onSubmit }: SuppressFormProps) {
  const [reason, setReason] = useState('')
  const [until, setUntil] = useState(() => inDays(1))
  const submit = (event: Event) => {
    event.preventDefault()
    onSubmit({ reason, until: `${until}:00Z` })
  }
  return (
    <form onSubmit={submit}>
      <label class="field" for="suppress-reason">
        <span>Reason</span>
        <input
          id="suppress-reason"
          required
          maxLength={500}
          value={reason}
          onInput={(event) => setReason(event.currentTarget.value)}
        />
      </label>
      <label class="field" for="suppress-until">
        <span>Until (UTC)</span>
        <input
          id="suppress-until"
          type="datetime-local"
          required
          value={until}
          onInput={(event) => setUntil(event.currentTarget.value.slice(0, 16))}
        />
      </label>
      <button type="submit" disabled={busy}>
        Suppress
      </button>
    </form>
  )
}
