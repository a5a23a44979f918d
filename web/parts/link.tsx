import type { ComponentChildren } from 'preact'
import { useContext } from 'preact/hooks'
import { AddressingContext, byPath, goTo } from '../place.ts'

interface LinkProps {
  readonly to: string
  readonly class?: string
  readonly current?: boolean
  readonly children: ComponentChildren
}

/** A link within the page; with a modifier key it is the browser's. */
export function Link({ to, current = false, children, ...rest }: LinkProps) {
  const addressing = useContext(AddressingContext)
  const follow = (event: MouseEvent) => {
    if (addressing !== byPath || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0)
      return
    event.preventDefault()
    goTo(to)
    scrollTo(0, 0)
    // Who cannot see that the page is another one hears it.
    document.getElementById('main')?.focus({ preventScroll: true })
  }
  return (
    <a {...rest} href={addressing.hrefOf(to)} onClick={follow} aria-current={current ? 'page' : undefined}>
      {children}
    </a>
  )
}
