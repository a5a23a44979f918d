import { useTitle } from '../parts/use-title.ts'
import { type LoginProblem, problemWords } from './problem.ts'
import { signIn } from './session.ts'

/** Where to go on: not where the provider sent back to. */
const onward = (): string | undefined => (location.pathname === '/login' ? '/findings' : undefined)

export function LoginProblemState({ problem }: { readonly problem: LoginProblem }) {
  useTitle('Not signed in')
  const { what, advice } = problemWords[problem.kind]
  return (
    <>
      <h1>Not signed in</h1>
      <div class="state state-error" role="alert">
        <strong>{what}</strong>
        {problem.told && <p class="told">It says: “{problem.told}”</p>}
        <p>{advice}</p>
        <button type="button" onClick={() => signIn(onward())}>
          Sign in
        </button>
      </div>
    </>
  )
}
