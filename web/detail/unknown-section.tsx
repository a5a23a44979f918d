import type { UnknownCause } from '../../shared/findings/finding.ts'

/** What could not be decided, with the permission or operation that would tell. */
export const UnknownSection = ({ unknown }: { readonly unknown: readonly UnknownCause[] }) =>
  unknown.length === 0 ? null : (
    <section aria-labelledby="unknown-heading">
      <h2 id="unknown-heading">Not known</h2>
      <dl class="reasons">
        {unknown.map(({ code, missing, because }) => (
          <div key={`${code} ${missing}`}>
            <dt>
              <code>{code}</code>
            </dt>
            <dd>
              missing <code>{missing}</code>: {because}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
