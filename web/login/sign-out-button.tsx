import { signOut } from './session.ts'
import { useSession } from './use-session.ts'

export function SignOutButton() {
  const session = useSession()
  if (session.kind !== 'open' || !session.signedIn) return null
  return (
    <button type="button" class="sign-out" onClick={() => signOut()}>
      Sign out
    </button>
  )
}
