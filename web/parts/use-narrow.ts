import { useEffect, useState } from 'preact/hooks'

/** The style sheet's own border between a table and cards (list.css). */
const NARROW = '(max-width: 46rem)'

export function useNarrow(): boolean {
  const [narrow, setNarrow] = useState(() => matchMedia(NARROW).matches)
  useEffect(() => {
    const media = matchMedia(NARROW)
    const update = () => setNarrow(media.matches)
    media.addEventListener('change', update)
    return () => media.removeEventListener('change', update)
  }, [])
  return narrow
}
