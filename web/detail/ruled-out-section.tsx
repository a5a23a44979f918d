import type { RuledOut } from '../../shared/findings/finding.ts'
import { Link } from '../parts/link.tsx'

/** What it is not, and why: long, so that it opens when asked. */
export const RuledOutSection = ({ ruledOut }: { readonly ruledOut: readonly RuledOut[] }) =>
  ruledOut.length === 0 ? null : (
    <section aria-labelledby="ruled-out-heading">
      <h2 id="ruled-out-heading">Ruled out</h2>
      <details>
        <summary>
          {ruledOut.length} {ruledOut.length === 1 ? 'cause' : 'causes'} that it is not, and why
        </summary>
        <dl class="reasons">
          {ruledOut.map(({ code, because }) => (
            <div key={code}>
              <dt>
                <Link to={`/causes/${code}`}>
                  <code>{code}</code>
                </Link>
              </dt>
              <dd>{because}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  )
