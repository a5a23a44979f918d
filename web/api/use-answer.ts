import { useCallback, useEffect, useState } from 'preact/hooks'

export type Answer<T> =
  | { readonly state: 'loading' }
  | { readonly state: 'there'; readonly value: T }
  | { readonly state: 'failed'; readonly error: Error }

/**
 * What a question came to. It is asked again when one of `on` changes; the answer that is no longer wanted is dropped.
 * @returns the answer, and what asks again
 */
export function useAnswer<T>(
  question: (signal: AbortSignal) => Promise<T>,
  on: readonly unknown[],
): readonly [Answer<T>, () => void] {
  const [answer, setAnswer] = useState<Answer<T>>({ state: 'loading' })
  const [round, setRound] = useState(0)
  useEffect(() => {
    const abort = new AbortController()
    question(abort.signal).then(
      (value) => !abort.signal.aborted && setAnswer({ state: 'there', value }),
      (error: Error) => !abort.signal.aborted && setAnswer({ state: 'failed', error }),
    )
    return () => abort.abort()
  }, [...on, round])
  return [answer, useCallback(() => setRound((before) => before + 1), [])]
}
