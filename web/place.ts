/** Where the page is: the address bar holds all of it. */
import { createContext } from 'preact'
import { useContext, useEffect, useState } from 'preact/hooks'

export interface Place {
  readonly path: string
  readonly query: URLSearchParams
}

/** The page lives at the API's paths; a file of one's own has nothing but the part behind `#`. */
export interface Addressing {
  readonly current: () => Place
  readonly hrefOf: (path: string) => string
  readonly event: 'popstate' | 'hashchange'
}

export const byPath: Addressing = {
  current: () => ({ path: location.pathname, query: new URLSearchParams(location.search) }),
  hrefOf: (path) => path,
  event: 'popstate',
}

export const byHash: Addressing = {
  current: () => {
    const [path = '', query = ''] = location.hash.slice(1).split('?')
    return { path: path || '/', query: new URLSearchParams(query) }
  },
  hrefOf: (path) => `#${path}`,
  event: 'hashchange',
}

export const AddressingContext = createContext(byPath)

/** @param how `replace` leaves no entry in the browser's history */
export function goTo(path: string, how: 'push' | 'replace' = 'push'): void {
  history[how === 'push' ? 'pushState' : 'replaceState'](null, '', path)
  dispatchEvent(new PopStateEvent('popstate'))
}

export function usePlace(): Place {
  const { current, event } = useContext(AddressingContext)
  const [place, setPlace] = useState(current)
  useEffect(() => {
    const update = () => setPlace(current())
    addEventListener(event, update)
    return () => removeEventListener(event, update)
  }, [current, event])
  return place
}
