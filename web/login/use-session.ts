import { useEffect, useState } from 'preact/hooks'
import { currentSession, onSession, type Session } from './session.ts'

export function useSession(): Session {
  const [session, setSession] = useState(currentSession)
  useEffect(() => {
    setSession(currentSession())
    return onSession(setSession)
  }, [])
  return session
}
