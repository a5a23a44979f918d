import type { DecidingRule } from '../../shared/reachability/result.ts'

interface RuleViewProps {
  readonly rule: DecidingRule
  readonly open: boolean
}

/** The rule or route that decided, field by field in AWS's own words. */
export const RuleView = ({ rule, open }: RuleViewProps) => (
  <details class="rule" open={open}>
    <summary>Deciding rule</summary>
    <dl>
      {Object.entries(rule).map(
        ([field, value]) =>
          value !== undefined && (
            <div key={field}>
              <dt>{field}</dt>
              <dd>{String(value)}</dd>
            </div>
          ),
      )}
    </dl>
  </details>
)
