import { api } from '../api/client.ts'
import { useAnswer } from '../api/use-answer.ts'
import { useTitle } from '../parts/use-title.ts'
import { Waiting } from '../parts/waiting.tsx'
import { goTo } from '../place.ts'
import { Answer } from './answer.tsx'
import { draftOf, pathOf, questionOf } from './question.ts'
import { QuestionForm } from './question-form.tsx'

/** Can X reach Y, as configured now? The address is the question, so that it can be sent to somebody. */
export function ExplainPage({ query }: { readonly query: URLSearchParams }) {
  useTitle('Explain a path')
  const draft = draftOf(query)
  const question = questionOf(draft)
  return (
    <>
      <h1>Can X reach Y?</h1>
      <QuestionForm key={query.toString()} draft={draft} onAsk={(asked) => goTo(pathOf(asked))} />
      {question && <Asked key={JSON.stringify(question)} question={question} />}
    </>
  )
}

function Asked({ question }: { readonly question: NonNullable<ReturnType<typeof questionOf>> }) {
  const { answer, again: retry } = useAnswer(() => api.explain(question), [])
  return (
    <Waiting answer={answer} what="the path" retry={retry}>
      {(explanation) => <Answer explanation={explanation} />}
    </Waiting>
  )
}
