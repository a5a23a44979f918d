import type { FindingSummary } from '../../shared/api/documents.ts'
import type { HopVerdict, Verdict } from '../../shared/reachability/result.ts'

type Status = FindingSummary['status']

const SIGNS = { critical: '▲▲', high: '▲', medium: '◆', low: '▽', info: 'i' } as const

/** Never by colour alone: each severity has its own sign and its name. */
export const SeverityBadge = ({ severity }: Pick<FindingSummary, 'severity'>) => (
  <span class={`badge severity-${severity}`}>
    <span aria-hidden="true">{SIGNS[severity]}</span> {severity}
  </span>
)

export const StatusBadge = ({ status }: { readonly status: Status }) => (
  <span class={`badge status-${status}`}>{status}</span>
)

const VERDICTS = {
  reachable: ['pass', '✓ reachable'],
  partial: ['partial', '◐ partly blocked'],
  blocked: ['block', '✗ blocked'],
  unknown: ['unknown', '? not known'],
} as const satisfies Record<Verdict, readonly [HopVerdict, string]>

export function VerdictBadge({ verdict }: { readonly verdict: Verdict }) {
  const [kind, words] = VERDICTS[verdict]
  return <span class={`badge verdict-${kind}`}>{words}</span>
}
