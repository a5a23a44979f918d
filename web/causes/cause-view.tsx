import type { CausesDocument } from '../../shared/api/documents.ts'
import { SeverityBadge } from '../parts/badges.tsx'

/** What the catalogue says of a cause. */
export const CauseView = ({ cause }: { readonly cause: CausesDocument['causes'][number] }) => (
  <article class="cause">
    <p class="badges">
      <SeverityBadge severity={cause.severity} /> <code>{cause.code}</code>
    </p>
    <h1>{cause.title}</h1>
    <h2>What decides it</h2>
    <p>{cause.evidence}</p>
    <h2>What ends it</h2>
    <p>{cause.fix}</p>
    {cause.traps.length > 0 && <h2>What looks like it and is not</h2>}
    <ul>
      {cause.traps.map((trap) => (
        <li key={trap}>{trap}</li>
      ))}
    </ul>
    <p>
      <a href={cause.documentation} rel="noreferrer noopener" target="_blank">
        What AWS says
      </a>
    </p>
  </article>
)
