import type { Explanation, Leg } from '../../shared/reachability/result.ts'
import { flowName } from '../../shared/render/names.ts'
import { blocks, legNames, legVerdict, legVerdicts, pathMarks } from '../../shared/render/path-text.ts'
import { HopView } from './hop-view.tsx'

interface LegViewProps {
  readonly path: Explanation
  readonly leg: Leg
}

export function LegView({ path, leg }: LegViewProps) {
  const hops = path[leg]
  if (hops.length === 0) return null
  const verdict = legVerdict(hops)
  const firstBlock = hops.findIndex((hop) => hop.verdict === 'block')
  return (
    <div class="leg">
      <h3>
        <span class="leg-name">{legNames[leg]}</span>{' '}
        <span class={`badge verdict-${verdict}`}>
          {pathMarks[verdict]} {legVerdicts[verdict]}
        </span>
        <small>{flowName(path.flow, leg)}</small>
      </h3>
      <ol class="hops">
        {hops.map((hop, at) => (
          <HopView
            key={hop.sequence}
            hop={hop}
            flow={path.flow}
            blockers={path.blockers.filter((blocker) => blocks(blocker, leg, hop))}
            behindBlock={firstBlock >= 0 && at > firstBlock}
          />
        ))}
      </ol>
    </div>
  )
}
