import { useState } from 'preact/hooks'
import type { CausesDocument } from '../../shared/api/documents.ts'
import { api } from '../api/client.ts'
import { useAnswer } from '../api/use-answer.ts'
import { SeverityBadge } from '../parts/badges.tsx'
import { Link } from '../parts/link.tsx'
import { useTitle } from '../parts/use-title.ts'
import { Waiting } from '../parts/waiting.tsx'

export function CausesPage() {
  useTitle('Root causes')
  const { answer, again: retry } = useAnswer((signal) => api.causes(signal), [])
  return (
    <>
      <h1>Root causes</h1>
      <Waiting answer={answer} what="the catalogue" retry={retry}>
        {({ causes }) => <CauseList causes={causes} />}
      </Waiting>
    </>
  )
}

function CauseList({ causes }: Pick<CausesDocument, 'causes'>) {
  const [word, setWord] = useState('')
  const shown = causes.filter(({ code, title }) =>
    `${code} ${title}`.toLowerCase().includes(word.toLowerCase()),
  )
  return (
    <>
      <label class="field" for="cause-search">
        <span>Search</span>
        <input
          id="cause-search"
          type="search"
          value={word}
          onInput={(event) => setWord(event.currentTarget.value)}
          autocomplete="off"
        />
      </label>
      <p role="status">
        {shown.length} of {causes.length} causes
      </p>
      <ul class="causes">
        {shown.map(({ code, title, severity }) => (
          <li key={code}>
            <SeverityBadge severity={severity} />
            <div>
              <Link to={`/causes/${code}`}>{title}</Link>
              <code>{code}</code>
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}
