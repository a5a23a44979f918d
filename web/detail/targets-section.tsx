import type { Finding, FindingTarget } from '../../shared/findings/finding.ts'
import { kindName } from '../../shared/render/names.ts'

const SHOWN = 20

/** What it strikes: the subject, and the state of its targets. */
export function TargetsSection({ finding: { subject, targets, id } }: { readonly finding: Finding }) {
  return (
    <section aria-labelledby="subject-heading">
      <h2 id="subject-heading">Subject</h2>
      <dl class="facts">
        <div>
          <dt>{kindName(subject.kind)}</dt>
          <dd>{subject.name}</dd>
        </div>
        <div>
          <dt>account, Region</dt>
          <dd>
            {subject.accountId}, {subject.region}
          </dd>
        </div>
        <div>
          <dt>ARN</dt>
          <dd>{subject.arn}</dd>
        </div>
        <div>
          <dt>finding</dt>
          <dd>{id}</dd>
        </div>
      </dl>
      {targets.length > 0 && (
        <ul class="targets">
          {targets.slice(0, SHOWN).map((target) => (
            <TargetItem key={`${target.id}:${target.port}`} target={target} />
          ))}
          {targets.length > SHOWN && <li>and {targets.length - SHOWN} more targets</li>}
        </ul>
      )}
    </section>
  )
}

const TargetItem = ({
  target: { id, port, availabilityZone, state, reason, description },
}: {
  readonly target: FindingTarget
}) => (
  <li>
    <strong>
      {id}
      {port !== undefined && `:${port}`}
    </strong>{' '}
    <span class={`badge target-${state === 'healthy' ? 'healthy' : 'other'}`}>{state}</span>
    <small>{[availabilityZone, reason, description].filter(Boolean).join(' · ')}</small>
  </li>
)
