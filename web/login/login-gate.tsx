import type { ComponentChildren } from 'preact'
import { useTitle } from '../parts/use-title.ts'
import { LoginProblemState } from './login-problem-state.tsx'
import { signIn } from './session.ts'
import { useSession } from './use-session.ts'

/** The page for who may see it, or what stands in the way. */
export function LoginGate({ children }: { readonly children: ComponentChildren }) {
  const session = useSession()
  switch (session.kind) {
    case 'open':
      return <>{children}</>
    case 'signing-in':
      return <SigningIn />
    case 'failed':
      return <LoginProblemState problem={session.problem} />
    case 'ended':
      return (
        <>
          <div class="notice" role="alert">
            <span>Your sign-in has ended. What you see stays as it is.</span>
            <button type="button" onClick={() => signIn()}>
              Sign in again
            </button>
          </div>
          {children}
        </>
      )
  }
}

function SigningIn() {
  useTitle('Signing in')
  return (
    <>
      <h1>Signing in</h1>
      <div class="state" role="status">
        <span class="spinner" aria-hidden="true" />
        One moment …
      </div>
    </>
  )
}
