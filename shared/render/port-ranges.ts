/** Ports as the engine writes them, read again for shares and pictures. */
import type { Blocker } from '../reachability/result.ts'

export type PortField = keyof Blocker['blocked']

export interface PortRange {
  readonly from: number
  /** Inclusive. */
  readonly to: number
}

/** `1024-32767, 40000` as ranges; undefined where the text is another one. */
export function portRanges(text: string): readonly PortRange[] | undefined {
  const parts = text.split(',').map((part) => /^(\d+)(?:-(\d+))?$/.exec(part.trim()))
  const ranges = parts.flatMap((match) =>
    match === null ? [] : [{ from: Number(match[1]), to: Number(match[2] ?? match[1]) }],
  )
  return ranges.length === parts.length ? ranges : undefined
}

/** How many ports the ranges cover; two blockers may name the same ones. */
export function portCount(ranges: readonly PortRange[]): number {
  let covered = 0
  let next = 0
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
    covered += Math.max(0, to - Math.max(from, next) + 1)
    next = Math.max(next, to + 1)
  }
  return covered
}
