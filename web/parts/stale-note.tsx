import { SignInNeeded } from '../login/session.ts'
import { ErrorState } from './error-state.tsx'

interface StaleNoteProps {
  readonly error: Error | undefined
  readonly retry: () => void
}

/** Above what is still shown: its newest state could not be had. That one has to sign in stands above already. */
export const StaleNote = ({ error, retry }: StaleNoteProps) =>
  error && !(error instanceof SignInNeeded) ? (
    <ErrorState what="the newest state" error={error} retry={retry} />
  ) : null
