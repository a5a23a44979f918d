/** A verdict in words, with the share of the ports where it is one of both. */
import type { Explanation, Verdict } from '../reachability/result.ts'
import { pathMarks, portWords } from './path-text.ts'
import { type PortField, portCount, portRanges } from './port-ranges.ts'

export const verdictNames: { readonly [V in Verdict]: string } = {
  reachable: `${pathMarks.pass} REACHABLE`,
  partial: `${pathMarks.partial} PARTLY BLOCKED`,
  blocked: `${pathMarks.block} BLOCKED`,
  unknown: `${pathMarks.unknown} NOT KNOWN`,
}

/** One sentence that says what the verdict means for a caller. */
export function verdictSentence(explanation: Explanation): string {
  const { verdict, blockers, unknown } = explanation
  if (verdict === 'reachable') return 'Every packet gets there, and every reply comes back.'
  if (verdict === 'unknown')
    return `Missing: ${[...new Set(unknown.map(({ missing }) => missing))].join(', ')}.`
  if (verdict === 'partial') return partialSentence(explanation)
  return blockers.length === 1
    ? 'One thing stands in the way.'
    : `${blockers.length} things stand in the way.`
}

function partialSentence(explanation: Explanation): string {
  const words = [...new Set(explanation.blockers.flatMap(portWords))].join(' and ')
  const share = portShare(explanation, 'sourcePorts') ?? portShare(explanation, 'destinationPorts')
  return `${share ?? (words || 'Some packets')} do not get through: such a path fails now and then.`
}

/**
 * `49 % of the source ports (1024-32767)`, where blockers name ports of that side. Where they name all of them, or
 * those of a load balancer's own connection to a target, one of several ways is closed, and ports say nothing.
 */
function portShare({ blockers, flow }: Explanation, field: PortField): string | undefined {
  const asked = portRanges(flow[field])
  const names = [...new Set(blockers.flatMap(({ blocked }) => blocked[field] ?? []))].join(', ')
  const blocked = portRanges(names)
  if (asked === undefined || blocked === undefined) return undefined
  if (portCount([...asked, ...blocked]) > portCount(asked) || portCount(blocked) === portCount(asked))
    return 'Some packets'
  const percent = Math.round((100 * portCount(blocked)) / portCount(asked))
  // Never round a path that fails sometimes to one that never or always does.
  const shown = Math.min(99, Math.max(1, percent))
  return `${shown} % of the ${field === 'sourcePorts' ? 'source' : 'destination'} ports (${names})`
}
