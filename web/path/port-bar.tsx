import type { Blocker, FlowDescription } from '../../shared/reachability/result.ts'
import { portWords } from '../../shared/render/path-text.ts'
import { type PortField, type PortRange, portCount, portRanges } from '../../shared/render/port-ranges.ts'

interface PortBarProps {
  readonly blocker: Blocker
  readonly flow: FlowDescription
}

const FIELDS: readonly PortField[] = ['sourcePorts', 'destinationPorts']

/** Which of the asked ports are blocked, drawn to scale. */
export function PortBar({ blocker, flow }: PortBarProps) {
  const drawn = FIELDS.flatMap((field) => drawing(flow[field], blocker.blocked[field]))[0]
  const words = `Blocks ${portWords(blocker).join(' and ')}`
  if (!drawn) return <p class="ports">{words}</p>
  const { asked, blocked, percent } = drawn
  return (
    <div class="ports">
      <svg viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
        <rect class="ports-open" width="1000" height="10" />
        {blocked.map(({ from, to }) => (
          <rect key={from} class="ports-blocked" height="10" {...place(asked, from, to)} />
        ))}
      </svg>
      <p>
        {percent} % · {words}
      </p>
    </div>
  )
}

/** At least a sliver, however few ports it is. */
const place = ({ from: start, to: end }: PortRange, from: number, to: number) => {
  const scale = 1000 / (end - start + 1)
  return { x: (from - start) * scale, width: Math.max(4, (to - from + 1) * scale) }
}

function drawing(askedText: string, blockedText: string | undefined) {
  const [asked] = portRanges(askedText) ?? []
  const blocked = blockedText === undefined ? undefined : portRanges(blockedText)
  if (!asked || !blocked) return []
  const share = portCount(blocked) / portCount([asked])
  return share >= 1 ? [] : [{ asked, blocked, percent: Math.min(99, Math.max(1, Math.round(100 * share))) }]
}
