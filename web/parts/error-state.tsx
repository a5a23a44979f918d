interface ErrorStateProps {
  readonly what: string
  readonly error: Error
  readonly retry: () => void
}

export function ErrorState({ what, error, retry }: ErrorStateProps) {
  return (
    <div class="state state-error" role="alert">
      <strong>Could not load {what}.</strong>
      <p>{error.message}</p>
      <button type="button" onClick={retry}>
        Try again
      </button>
    </div>
  )
}
