import { CausePage } from './causes/cause-page.tsx'
import { CausesPage } from './causes/causes-page.tsx'
import { DetailPage } from './detail/detail-page.tsx'
import { ExplainPage } from './explain/explain-page.tsx'
import { ListPage } from './list/list-page.tsx'
import { LoginGate } from './login/login-gate.tsx'
import { SignOutButton } from './login/sign-out-button.tsx'
import { SignedOutPage } from './login/signed-out-page.tsx'
import { Frame } from './parts/frame.tsx'
import { NoSuchPage } from './parts/no-such-page.tsx'
import { type Place, usePlace } from './place.ts'

const SECTIONS = [
  ['/findings', 'Findings'],
  ['/explain', 'Explain a path'],
  ['/causes', 'Root causes'],
] as const

export function App() {
  const place = usePlace()
  return (
    <Frame sections={SECTIONS} path={place.path === '/' ? '/findings' : place.path} end={<SignOutButton />}>
      <LoginGate>
        <Page {...place} />
      </LoginGate>
    </Frame>
  )
}

function Page({ path, query }: Place) {
  const [section = '', id] = path.split('/').slice(1).map(decoded)
  if (section === '' || (section === 'findings' && !id)) return <ListPage query={query} />
  if (section === 'findings' && id) return <DetailPage id={id} />
  if (section === 'causes') return id ? <CausePage code={id} /> : <CausesPage />
  if (section === 'signed-out') return <SignedOutPage />
  if (section === 'explain') return <ExplainPage query={query} />
  return <NoSuchPage />
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
