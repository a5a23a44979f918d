import type { ComponentChildren } from 'preact'
import type { Answer } from '../api/use-answer.ts'
import { ErrorState } from './error-state.tsx'

interface WaitingProps<T> {
  readonly answer: Answer<T>
  readonly what: string
  readonly retry: () => void
  readonly children: (value: T) => ComponentChildren
}

/** What to show while an answer is not there, and when it never comes. */
export function Waiting<T>({ answer, what, retry, children }: WaitingProps<T>) {
  if (answer.state === 'there') return <>{children(answer.value)}</>
  if (answer.state === 'failed') return <ErrorState what={what} error={answer.error} retry={retry} />
  return (
    <div class="state" role="status">
      <span class="spinner" aria-hidden="true" />
      Loading {what} …
    </div>
  )
}
