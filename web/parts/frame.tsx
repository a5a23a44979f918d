import type { ComponentChildren } from 'preact'
import { Link } from './link.tsx'

interface FrameProps {
  readonly sections: readonly (readonly [path: string, name: string])[]
  readonly path: string
  /** At the end of the head. */
  readonly end?: ComponentChildren
  readonly children: ComponentChildren
}

const toContent = (): void => document.getElementById('main')?.focus()

export const Frame = ({ sections, path, end, children }: FrameProps) => (
  <>
    <header class="top">
      <button type="button" class="skip" onClick={toContent}>
        Skip to the content
      </button>
      <strong>health-check-auditor</strong>
      <nav aria-label="Sections">
        {sections.map(([to, name]) => (
          <Link key={to} to={to} current={path === to || path.startsWith(`${to}/`)}>
            {name}
          </Link>
        ))}
      </nav>
      {end}
    </header>
    <main id="main" tabIndex={-1}>
      {children}
    </main>
  </>
)
