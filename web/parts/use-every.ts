import { useEffect } from 'preact/hooks'

/** Findings change by the minute. */
export const REFRESH_EVERY = 10_000

/**
 * Calls it every so often while the page is looked at, and when it is looked at again.
 * @param milliseconds undefined: never @param call the same from one drawing to the next
 */
export function useEvery(milliseconds: number | undefined, call: () => void): void {
  useEffect(() => {
    if (milliseconds === undefined) return
    const whenSeen = () => {
      if (document.visibilityState === 'visible') call()
    }
    const timer = setInterval(whenSeen, milliseconds)
    document.addEventListener('visibilitychange', whenSeen)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', whenSeen)
    }
  }, [milliseconds, call])
}
