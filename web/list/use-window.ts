/** Which rows of a long list are near the screen: only they are in the document. */
import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'

export interface RowWindow {
  readonly from: number
  /** Exclusive. */
  readonly to: number
}

/** Rows drawn beyond each edge, so that a flick of the wheel shows no gap. */
const BEYOND = 12

/** @param rowHeight in pixels, the same for all rows */
export function useWindow(list: RefObject<HTMLElement | null>, count: number, rowHeight: number): RowWindow {
  const [rows, setRows] = useState<RowWindow>({ from: 0, to: 60 })
  useEffect(() => {
    const update = () => {
      const top = -(list.current?.getBoundingClientRect().top ?? 0)
      const from = Math.max(0, Math.floor(top / rowHeight) - BEYOND)
      const to = Math.ceil((top + innerHeight) / rowHeight) + BEYOND
      setRows((before) => (before.from === from && before.to === to ? before : { from, to }))
    }
    update()
    addEventListener('scroll', update, { passive: true })
    addEventListener('resize', update)
    return () => {
      removeEventListener('scroll', update)
      removeEventListener('resize', update)
    }
  }, [list, rowHeight])
  return { from: Math.min(rows.from, count), to: Math.min(Math.max(rows.to, 0), count) }
}
