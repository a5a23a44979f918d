import { useEffect, useState } from 'preact/hooks'

/** The style sheet's own border between a table and cards (list.css), and the height of a row on either side. */
const NARROW = '(max-width: 46rem)'
const HEIGHTS = { wide: 68, narrow: 148 } as const

/** @returns pixels */
export function useRowHeight(): number {
  const [narrow, setNarrow] = useState(() => matchMedia(NARROW).matches)
  useEffect(() => {
    const media = matchMedia(NARROW)
    const update = () => setNarrow(media.matches)
    media.addEventListener('change', update)
    return () => media.removeEventListener('change', update)
  }, [])
  return narrow ? HEIGHTS.narrow : HEIGHTS.wide
}
