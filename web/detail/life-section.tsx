import type { FindingDocument, HistoryEntry } from '../../shared/api/documents.ts'
import { api } from '../api/client.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Moment } from '../parts/moment.tsx'
import { Waiting } from '../parts/waiting.tsx'
import { ChangedBy } from './changed-by.tsx'

const KINDS: { readonly [K in HistoryEntry['kind']]: string } = {
  opened: 'Opened',
  reopened: 'Opened again',
  resolved: 'Resolved',
  changed: 'Changed',
  attributed: 'Who changed it became known',
}

/** What happened to the finding, the latest first, down to the change that brought it about. */
export function LifeSection({ document }: { readonly document: FindingDocument }) {
  const { finding, version, changedBy, firstSeen, lastSeen, occurrences } = document
  const { answer: history, again: retry } = useAnswer(
    (signal) => api.history(finding.id, signal),
    [finding.id, version],
  )
  return (
    <section aria-labelledby="life-heading">
      <h2 id="life-heading">Timeline</h2>
      <dl class="facts">
        <div>
          <dt>first seen</dt>
          <dd>
            <Moment at={firstSeen} />
          </dd>
        </div>
        <div>
          <dt>last seen</dt>
          <dd>
            <Moment at={lastSeen} />
            {occurrences > 1 && `, opened ${occurrences} times`}
          </dd>
        </div>
      </dl>
      <Waiting answer={history} what="its history" retry={retry}>
        {({ history: entries }) => (
          <ol class="timeline">
            {entries.map((entry) => (
              <Entry key={entry.version} entry={entry} />
            ))}
            {changedBy && <ChangedBy change={changedBy} />}
          </ol>
        )}
      </Waiting>
    </section>
  )
}

const Entry = ({ entry: { kind, at, changedBy, severity, replayed } }: { readonly entry: HistoryEntry }) => (
  <li class={`event event-${kind}`}>
    <strong>{KINDS[kind]}</strong> <Moment at={at} />
    <small>
      {[kind === 'attributed' ? changedBy : `severity ${severity}`, replayed && 'from a replayed event']
        .filter(Boolean)
        .join(' · ')}
    </small>
  </li>
)
