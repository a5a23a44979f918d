import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { useEvery } from '../parts/use-every.ts'

export type Answer<T> =
  | { readonly state: 'loading' }
  /** `error`: the newest state could not be had. */
  | { readonly state: 'there'; readonly value: T; readonly asOf: Date; readonly error?: Error }
  | { readonly state: 'failed'; readonly error: Error }

export interface Asked<T> {
  readonly answer: Answer<T>
  readonly again: () => void
  /** What is known better than by asking: the answer to a change. */
  readonly replace: (value: T) => void
}

const there = <T>(value: T): Answer<T> => ({ state: 'there', value, asOf: new Date() })

/**
 * What a question came to. It is asked again when one of `on` changes; the answer that is no longer wanted is dropped.
 * @param every milliseconds after which it is asked again; what is there stays until the next answer is, and when none comes
 */
export function useAnswer<T>(
  question: (signal: AbortSignal) => Promise<T>,
  on: readonly unknown[],
  every?: number,
): Asked<T> {
  const [answer, setAnswer] = useState<Answer<T>>({ state: 'loading' })
  const [round, setRound] = useState(0)
  const running = useRef<AbortController | undefined>(undefined)
  const lastRound = useRef(round)
  useEffect(() => {
    const abort = new AbortController()
    running.current = abort
    const repeated = lastRound.current !== round
    lastRound.current = round
    const settle = (next: (before: Answer<T>) => Answer<T>) => {
      if (abort.signal.aborted) return
      running.current = undefined
      setAnswer(next)
    }
    question(abort.signal).then(
      (value) => settle(() => there(value)),
      (error: Error) =>
        settle((before) =>
          repeated && before.state === 'there' ? { ...before, error } : { state: 'failed', error },
        ),
    )
    return () => abort.abort()
  }, [...on, round])
  const again = useCallback(() => setRound((before) => before + 1), [])
  const whenIdle = useCallback(() => {
    if (running.current === undefined) again()
  }, [again])
  useEvery(every, whenIdle)
  const replace = useCallback((value: T) => {
    running.current?.abort()
    running.current = undefined
    setAnswer(there(value))
  }, [])
  return { answer, again, replace }
}
