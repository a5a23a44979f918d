import type { Cause } from '../../shared/findings/finding.ts'
import { componentName } from '../../shared/render/names.ts'
import { Link } from '../parts/link.tsx'
import { EvidenceItem } from './evidence-item.tsx'

/** Every further cause, the most decisive first. */
export const OtherCauses = ({ causes }: { readonly causes: readonly Cause[] }) =>
  causes.length === 0 ? null : (
    <section aria-labelledby="others-heading">
      <h2 id="others-heading">Other causes</h2>
      {causes.map((cause) => (
        <details key={`${cause.code} ${cause.component.id}`} class="other">
          <summary>{cause.title}</summary>
          <p>
            <Link to={`/causes/${cause.code}`}>
              <code>{cause.code}</code>
            </Link>{' '}
            · {cause.confidence} · {componentName(cause.component)}
          </p>
          {cause.evidence.map((item) => (
            <EvidenceItem key={`${item.operation} ${item.resource} ${item.field}`} evidence={item} />
          ))}
        </details>
      ))}
    </section>
  )
