import type { ComponentChildren } from 'preact'
import type { FindingDocument } from '../../shared/api/documents.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import { PathsSection } from '../path/paths-section.tsx'
import { CauseHeading } from './cause-heading.tsx'
import { EvidenceSection } from './evidence-section.tsx'
import { FixesSection } from './fixes-section.tsx'
import { OtherCauses } from './other-causes.tsx'
import { RuledOutSection } from './ruled-out-section.tsx'
import { TargetsSection } from './targets-section.tsx'
import { UnknownSection } from './unknown-section.tsx'

interface FindingViewProps {
  readonly finding: Finding
  /** Who changed what broke, where that is known. */
  readonly change?: FindingDocument['changedBy']
  /** Beside the heading: its state. */
  readonly state?: ComponentChildren
  /** Its life, where it has one. */
  readonly life?: ComponentChildren
}

export const FindingView = ({ finding, change, state, life }: FindingViewProps) => (
  <article class="finding">
    <CauseHeading finding={finding} change={change}>
      {state}
    </CauseHeading>
    <div class="finding-columns">
      <div class="finding-main">
        <PathsSection paths={finding.paths} targets={finding.targets} />
        <FixesSection remediation={finding.remediation} />
        <EvidenceSection evidence={finding.rootCause.evidence} />
        <OtherCauses causes={finding.otherCauses} />
        <UnknownSection unknown={finding.unknown} />
        <RuledOutSection ruledOut={finding.ruledOut} />
      </div>
      <aside class="finding-side" aria-label="Subject and life">
        <TargetsSection finding={finding} />
        {life}
      </aside>
    </div>
  </article>
)
