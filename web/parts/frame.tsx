import type { ComponentChildren } from 'preact'
import { Link } from './link.tsx'

interface FrameProps {
  readonly sections: readonly (readonly [path: string, name: string])[]
  readonly path: string
  readonly children: ComponentChildren
}

/** Not by the address: in a file of one's own that says which view is shown. */
function skip(event: MouseEvent) {
  event.preventDefault()
  document.getElementById('main')?.focus()
}

export const Frame = ({ sections, path, children }: FrameProps) => (
  <>
    <a class="skip" href="#main" onClick={skip}>
      Skip to the content
    </a>
    <header class="top">
      <strong>health-check-auditor</strong>
      <nav aria-label="Sections">
        {sections.map(([to, name]) => (
          <Link key={to} to={to} current={path === to || path.startsWith(`${to}/`)}>
            {name}
          </Link>
        ))}
      </nav>
    </header>
    <main id="main" tabIndex={-1}>
      {children}
    </main>
  </>
)
