import { kindName } from '../../shared/render/names.ts'
import type { ReportData } from '../../shared/render/report-data.ts'
import { SeverityBadge } from '../parts/badges.tsx'
import { Link } from '../parts/link.tsx'

type OverviewProps = Pick<Extract<ReportData, { kind: 'audit' }>, 'summary' | 'findings'>

export const Overview = ({ summary, findings }: OverviewProps) => (
  <>
    <h1>Findings</h1>
    <p>{summary}</p>
    <ul class="causes">
      {findings.map(({ id, severity, rootCause, subject }) => (
        <li key={id}>
          <SeverityBadge severity={severity} />
          <div>
            <Link to={`/findings/${id}`}>{rootCause.title}</Link>
            <code>{rootCause.code}</code>
            <small>
              {kindName(subject.kind)} {subject.name} · {subject.accountId} · {subject.region}
            </small>
          </div>
        </li>
      ))}
    </ul>
  </>
)
