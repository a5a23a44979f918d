import { api } from '../api/client.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Link } from '../parts/link.tsx'
import { useTitle } from '../parts/use-title.ts'
import { Waiting } from '../parts/waiting.tsx'
import { CauseView } from './cause-view.tsx'

export function CausePage({ code }: { readonly code: string }) {
  useTitle(code)
  const { answer, again: retry } = useAnswer((signal) => api.cause(code, signal), [code])
  return (
    <>
      <p class="back">
        <Link to="/causes">← All root causes</Link>
      </p>
      <Waiting answer={answer} what="the root cause" retry={retry}>
        {(cause) => (
          <>
            <CauseView cause={cause} />
            <p>
              <Link to={`/findings?code=${encodeURIComponent(code)}`}>Findings with this cause</Link>
            </p>
          </>
        )}
      </Waiting>
    </>
  )
}
