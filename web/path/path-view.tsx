import type { Explanation } from '../../shared/reachability/result.ts'
import { flowName } from '../../shared/render/names.ts'
import { verdictSentence } from '../../shared/render/verdict.ts'
import { VerdictBadge } from '../parts/badges.tsx'
import { LegView } from './leg-view.tsx'

/** A path there and back, hop by hop. */
export const PathView = ({ path }: { readonly path: Explanation }) => (
  <section class="path" aria-label={`Path ${flowName(path.flow)}`}>
    <p class="path-flow">
      <VerdictBadge verdict={path.verdict} /> <code>{flowName(path.flow)}</code>
    </p>
    <p>{verdictSentence(path)}</p>
    <div class="legs">
      <LegView path={path} leg="forward" />
      <LegView path={path} leg="return" />
    </div>
  </section>
)
