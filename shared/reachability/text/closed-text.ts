/**
 * What security groups say that let nothing pass: the same of all, but for the groups and the address of the peer. So it
 * is recorded once, of groups that stand for any.
 */
import { type Address, formatAddress } from '../../network/address.ts'
import type { Interface } from '../../network/interfaces.ts'
import { addGroups, groupComponent, groupNames } from '../explanation.ts'
import type { Direction } from '../result.ts'
import { ADDRESS, COMPONENT, type Gap, type GappedText, NAMES, store } from './gapped.ts'
import { type ClosedText, type FilterText, keyOf, NO_RULE_COVERS, recordLayer } from './layer-text.ts'
import type { Asked } from './memory.ts'

/** @returns undefined without room */
export function closedText(
  asked: Asked,
  direction: Direction,
  nic: Interface,
  peer: Address,
): FilterText | undefined {
  const { network, desk } = asked
  const texts = asked.groups[direction]
  texts.closed ??= anyClosed(asked, direction, peer)
  const own = groupComponent(network, nic, undefined)
  const component = store(desk, [JSON.stringify(own)])
  const names = store(desk, [JSON.stringify(groupNames(network, nic)).slice(1, -1)])
  if (!texts.closed || component === undefined || names === undefined) return undefined
  const { hop, stop, margin } = texts.closed
  const key = keyOf({ leg: 'forward', direction, component: own })
  const text = { hop, stop: { text: stop, key }, margin, groups: { component, names } }
  texts.byNoRule.set(nic.set, text)
  return text
}

/** No name of AWS's has a character for "delete". */
const MARK = '\u007f'
const ANY = { id: MARK, groups: { ids: [MARK], indexes: [-1], known: true, place: -1 } }

function anyClosed(
  { network, flow, desk }: Asked,
  direction: Direction,
  peer: Address,
): ClosedText | undefined {
  const layer = recordLayer(network, flow, (record) =>
    addGroups(record, direction, ANY, peer, { pass: [], maybe: [], rules: [], missing: [] }, NO_RULE_COVERS),
  )
  const [hop] = layer?.hops ?? []
  const [blocker] = layer?.blockers ?? []
  if (!layer || !hop || !blocker) return undefined
  const stored = [JSON.stringify(hop).slice(1), JSON.stringify(blocker)].map((text) =>
    store(desk, withGaps(text, JSON.stringify(hop.component), formatAddress(peer))),
  )
  const [hopText, stop] = stored
  if (hopText === undefined || stop === undefined) return undefined
  return { hop: hopText, stop, margin: layer.margins.destination }
}

const withGaps = (text: string, component: string, peer: string): GappedText =>
  cut(cut(cut([text], component, COMPONENT), MARK, NAMES), peer, ADDRESS)

const cut = (parts: GappedText, mark: string, gap: Gap): GappedText =>
  parts.flatMap((part) =>
    typeof part === 'string'
      ? part.split(mark).flatMap((text, place) => (place === 0 ? [text] : [gap, text]))
      : [part],
  )
