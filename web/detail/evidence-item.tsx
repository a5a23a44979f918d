import type { Evidence } from '../../shared/findings/finding.ts'

const observedText = (observed: unknown): string =>
  typeof observed === 'string' ? observed : (JSON.stringify(observed, null, 1) ?? 'nothing')

/** What AWS said, and what it should have said. */
export const EvidenceItem = ({
  evidence: { operation, resource, field, observed, expected },
}: {
  readonly evidence: Evidence
}) => (
  <div class="evidence">
    <p>
      <code>{operation}</code> {resource} <code>{field}</code>
    </p>
    <dl>
      <div>
        <dt>observed</dt>
        <dd>
          <pre>{observedText(observed)}</pre>
        </dd>
      </div>
      <div>
        <dt>expected</dt>
        <dd>{expected}</dd>
      </div>
    </dl>
  </div>
)
