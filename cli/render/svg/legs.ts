/** There on the left from top to bottom, back on the right from bottom to top: a round trip. */
import type { Explanation, Hop, Leg } from '../../../shared/reachability/result.ts'
import { legNames, legVerdict, legVerdicts, pathMarks } from '../../../shared/render/path-text.ts'
import { type Drawing, GAP, LINE, textLines, WIDTH } from './drawing.ts'
import { drawHop, HOP_GAP } from './hop.ts'

const COLUMN = (WIDTH - 2 * GAP) / 2

export function drawLegs(path: Explanation): Drawing {
  const [there, back] = [drawLeg(path, 'forward'), drawLeg(path, 'return')]
  return {
    height: Math.max(there.height, back.height),
    svg: `${there.svg}\n<g transform="translate(${COLUMN + 2 * GAP} 0)">\n${back.svg}\n</g>`,
  }
}

function drawLeg(path: Explanation, leg: Leg): Drawing {
  const hops = path[leg]
  if (hops.length === 0) return { height: 0, svg: '' }
  const verdict = legVerdict(hops)
  const up = leg === 'return'
  const title = `${legNames[leg]} ${up ? '↑' : '↓'} ${pathMarks[verdict]} ${legVerdicts[verdict]}`
  const boxes = inOrder(hops, up)
  const parts = [textLines('leg', [title], 0, LINE)]
  let y = LINE + 10
  boxes.forEach(({ hop, behind }, at) => {
    const box = drawHop(hop, COLUMN)
    parts.push(`<g transform="translate(0 ${y})">\n${box.svg}\n</g>`)
    const next = boxes[at + 1]
    // Upwards the arrow below a box comes from the box below it.
    if (next) parts.push(arrow(y + box.height, up, up ? next.behind : behind))
    y += box.height + HOP_GAP
  })
  return { height: y, svg: parts.join('\n') }
}

interface Placed {
  readonly hop: Hop
  /** What leaves it does so only as if the packet had passed. */
  readonly behind: boolean
}

function inOrder(hops: readonly Hop[], up: boolean): readonly Placed[] {
  const firstBlock = hops.findIndex(({ verdict }) => verdict === 'block')
  const placed = hops.map((hop, at) => ({ hop, behind: firstBlock >= 0 && at >= firstBlock }))
  return up ? placed.reverse() : placed
}

function arrow(y: number, up: boolean, behind: boolean): string {
  const [from, to] = up ? [y + HOP_GAP, y] : [y, y + HOP_GAP]
  const tip = up ? 6 : -6
  return `<path class="way${behind ? ' behind' : ''}" d="M24 ${from}V${to + tip}"/><path class="tip" d="M20 ${to + tip}h8l-4 ${-tip}z"/>`
}
