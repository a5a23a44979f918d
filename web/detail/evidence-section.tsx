import type { Evidence } from '../../shared/findings/finding.ts'
import { EvidenceItem } from './evidence-item.tsx'

export const EvidenceSection = ({ evidence }: { readonly evidence: readonly Evidence[] }) =>
  evidence.length === 0 ? null : (
    <section aria-labelledby="evidence-heading">
      <h2 id="evidence-heading">Evidence</h2>
      {evidence.map((item) => (
        <EvidenceItem key={`${item.operation} ${item.resource} ${item.field}`} evidence={item} />
      ))}
    </section>
  )
