import type { ReportData } from '../../shared/render/report-data.ts'
import { CauseView } from '../causes/cause-view.tsx'
import { FindingView } from '../detail/finding-view.tsx'
import { Answer } from '../explain/answer.tsx'
import { Frame } from '../parts/frame.tsx'
import { Link } from '../parts/link.tsx'
import { NoSuchPage } from '../parts/no-such-page.tsx'
import { usePlace } from '../place.ts'
import { Overview } from './overview.tsx'

type Audit = Extract<ReportData, { kind: 'audit' }>

export function Report({ data }: { readonly data: ReportData }) {
  const { path } = usePlace()
  if (data.kind === 'explanation')
    return (
      <Frame sections={[]} path={path}>
        <h1>Can X reach Y?</h1>
        <Answer explanation={data.explanation} />
      </Frame>
    )
  return (
    <Frame sections={[['/', 'Findings']]} path={path}>
      <View data={data} path={path} />
    </Frame>
  )
}

function View({ data, path }: { readonly data: Audit; readonly path: string }) {
  const [section = '', id = ''] = path.split('/').slice(1).map(decodeURIComponent)
  const back = (
    <p class="back">
      <Link to="/">← All findings</Link>
    </p>
  )
  const [only, ...others] = data.findings
  if (section === '')
    return only && others.length === 0 ? <FindingView finding={only} /> : <Overview {...data} />
  const finding = section === 'findings' && data.findings.find((one) => one.id === id)
  if (finding)
    return (
      <>
        {back}
        <FindingView key={id} finding={finding} />
      </>
    )
  const cause = section === 'causes' && data.causes.find(({ code }) => code === id)
  if (!cause) return <NoSuchPage />
  return (
    <>
      {back}
      <CauseView cause={{ ...cause, traps: [...cause.traps] }} />
    </>
  )
}
