import { useTitle } from '../parts/use-title.ts'
import { signIn } from './session.ts'

export function SignedOutPage() {
  useTitle('Signed out')
  return (
    <>
      <h1>Signed out</h1>
      <div class="state">
        <p>This tab holds nothing of your sign-in any more.</p>
        <button type="button" onClick={() => signIn('/findings')}>
          Sign in
        </button>
      </div>
    </>
  )
}
