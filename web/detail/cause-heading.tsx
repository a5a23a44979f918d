import type { ComponentChildren } from 'preact'
import type { FindingDocument } from '../../shared/api/documents.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import { componentName } from '../../shared/render/names.ts'
import { SeverityBadge } from '../parts/badges.tsx'
import { Link } from '../parts/link.tsx'
import { Moment } from '../parts/moment.tsx'

type Change = NonNullable<FindingDocument['changedBy']>

interface CauseHeadingProps {
  readonly finding: Finding
  /** Who changed what broke, where that is known. */
  readonly change?: Change | undefined
  readonly children?: ComponentChildren
}

/** The cause in one sentence, and what is at fault. */
export function CauseHeading({ finding, change, children }: CauseHeadingProps) {
  const { code, confidence, title, component, awsExplanationCode } = finding.rootCause
  return (
    <header class="cause-heading">
      <p class="badges">
        <SeverityBadge severity={finding.severity} /> {children}
      </p>
      <h1>{title}</h1>
      <p class="cause-facts">
        <Link to={`/causes/${code}`}>
          <code>{code}</code>
        </Link>{' '}
        · {confidence} · {componentName(component)}
        {awsExplanationCode && (
          <>
            {' '}
            · AWS calls it <code>{awsExplanationCode}</code>
          </>
        )}
      </p>
      {change && (
        <p class="cause-change">
          Changed by <strong>{change.by}</strong>: {change.eventName}, <Moment at={change.at} />
        </p>
      )}
    </header>
  )
}
