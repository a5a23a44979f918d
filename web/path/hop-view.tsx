import type { Blocker, FlowDescription, Hop, HopVerdict } from '../../shared/reachability/result.ts'
import { componentName } from '../../shared/render/names.ts'
import { pathMarks, portWords } from '../../shared/render/path-text.ts'
import { PortBar } from './port-bar.tsx'
import { RuleView } from './rule-view.tsx'

interface HopViewProps {
  readonly hop: Hop
  readonly flow: FlowDescription
  /** What stops at this hop. */
  readonly blockers: readonly Blocker[]
  /** The walk went on as if the packet had passed. */
  readonly behindBlock: boolean
}

const DIRECTIONS = { egress: 'out', ingress: 'in' } as const
const VERDICT_WORDS: { readonly [V in HopVerdict]: string } = {
  pass: 'passes',
  block: 'Blocked here',
  partial: 'Partly blocked here',
  unknown: 'Not known',
}

export function HopView({ hop, flow, blockers, behindBlock }: HopViewProps) {
  const { component, direction, verdict, rule, explanation } = hop
  const codes = [...new Set(blockers.map(({ awsExplanationCode }) => awsExplanationCode))]
  return (
    <li class={`hop hop-${verdict}${behindBlock ? ' hop-behind' : ''}`}>
      <span class="hop-mark" aria-hidden="true">
        {pathMarks[verdict]}
      </span>
      <div class="hop-box">
        <p class="hop-head">
          <strong>
            {direction && <span class="direction">{DIRECTIONS[direction]}</span>} {componentName(component)}
          </strong>
          {verdict === 'pass' ? (
            <span class="visually-hidden">{VERDICT_WORDS.pass}</span>
          ) : (
            <span class={`badge verdict-${verdict}`}>{VERDICT_WORDS[verdict]}</span>
          )}
        </p>
        <p class="hop-words">{explanation}</p>
        {verdict === 'partial' &&
          blockers.map((blocker) => (
            <PortBar key={portWords(blocker).join()} blocker={blocker} flow={flow} />
          ))}
        {rule && <RuleView rule={rule} open={verdict !== 'pass'} />}
        {codes.length > 0 && <p class="hop-code">AWS: {codes.join(', ')}</p>}
      </div>
    </li>
  )
}
