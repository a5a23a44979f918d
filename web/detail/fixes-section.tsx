import type { Remediation } from '../../shared/findings/finding.ts'
import { FixStep } from './fix-step.tsx'

export const FixesSection = ({ remediation }: { readonly remediation: readonly Remediation[] }) =>
  remediation.length === 0 ? null : (
    <section aria-labelledby="fix-heading">
      <h2 id="fix-heading">Fix</h2>
      {remediation.map((fix, at) => (
        <details key={fix.title} class="fix" open={at === 0}>
          <summary>
            {fix.title} {at === 0 && remediation.length > 1 && <small>opens least</small>}
          </summary>
          <p class={fix.verified ? 'verified' : 'not-verified'}>
            {fix.verified
              ? '✓ Verified: applied to the snapshot and analysed again, the finding is gone.'
              : 'Not verified: nothing proves that this ends it.'}
          </p>
          <p>
            <strong>Opens:</strong> {fix.opens}
          </p>
          <ol class="steps">
            {fix.steps.map((step) => (
              <li key={step.title}>
                <FixStep step={step} />
              </li>
            ))}
          </ol>
        </details>
      ))}
    </section>
  )
