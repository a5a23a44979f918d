import type { Explanation, Verdict } from '../../shared/reachability/result.ts'

const TELLING_FIRST: readonly Verdict[] = ['blocked', 'partial', 'unknown', 'reachable']
const SHOWN_AT_MOST = 3

/** The paths that tell most; a group with many targets has one per target and load balancer subnet. */
export function tellingPaths(paths: readonly Explanation[]): {
  readonly shown: readonly Explanation[]
  readonly more: number
} {
  const sorted = [...paths].sort(
    (a, b) => TELLING_FIRST.indexOf(a.verdict) - TELLING_FIRST.indexOf(b.verdict),
  )
  return { shown: sorted.slice(0, SHOWN_AT_MOST), more: Math.max(0, paths.length - SHOWN_AT_MOST) }
}
