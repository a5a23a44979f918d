import { useState } from 'preact/hooks'
import type { Finding } from '../../shared/findings/finding.ts'
import type { Explanation, Verdict } from '../../shared/reachability/result.ts'
import { MatrixView } from './matrix-view.tsx'
import { PathView } from './path-view.tsx'

const TELLING_FIRST: readonly Verdict[] = ['blocked', 'partial', 'unknown', 'reachable']

const mostTelling = (paths: readonly Explanation[]): Explanation | undefined =>
  [...paths].sort((a, b) => TELLING_FIRST.indexOf(a.verdict) - TELLING_FIRST.indexOf(b.verdict))[0]

/** The path that tells most, and of several a matrix to choose another one from. */
export function PathsSection({ paths, targets }: Pick<Finding, 'paths' | 'targets'>) {
  const [chosen, choose] = useState<Explanation>()
  const path = chosen && paths.includes(chosen) ? chosen : mostTelling(paths)
  if (!path) return null
  return (
    <section aria-labelledby="path-heading">
      <h2 id="path-heading">Path</h2>
      {paths.length > 1 && <MatrixView paths={paths} targets={targets} chosen={path} onChoose={choose} />}
      <PathView key={JSON.stringify(path.flow)} path={path} />
    </section>
  )
}
