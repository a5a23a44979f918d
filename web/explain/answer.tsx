import type { ExplanationDocument } from '../../shared/api/documents.ts'
import type { Explanation } from '../../shared/reachability/result.ts'
import { PathView } from '../path/path-view.tsx'

export const Answer = ({ explanation }: { readonly explanation: ExplanationDocument | Explanation }) => (
  <section aria-labelledby="answer-heading">
    <h2 id="answer-heading">Answer</h2>
    {/* The schema says it of the API's answer; the engine's own type names the same more closely. */}
    <PathView path={explanation as Explanation} />
    {explanation.unknown.length > 0 && (
      <dl class="reasons">
        {explanation.unknown.map(({ missing, because }) => (
          <div key={missing}>
            <dt>
              missing <code>{missing}</code>
            </dt>
            <dd>{because}</dd>
          </div>
        ))}
      </dl>
    )}
  </section>
)
