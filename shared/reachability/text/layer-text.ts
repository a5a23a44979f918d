/** What the recorder says of one layer of the walk, as JSON text with gaps, to be said again of other packets. */
import type { Network } from '../../network/network.ts'
import type { Flow } from '../flow.ts'
import type { PortsOf } from '../layers.ts'
import type { Margins } from '../margins.ts'
import { newRecord, type WalkRecord } from '../record.ts'
import type { Blocker, Hop } from '../result.ts'
import { ADDRESS, type GroupsText, type Stored, store } from './gapped.ts'
import type { Desk } from './page.ts'

/** A blocker. */
export interface Stop {
  readonly text: Stored
  /** Blockers with the same one may be the same, see `combine.ts`. */
  readonly key: string
}

/** A filter: its texts have a gap for the address of the peer, and perhaps for the groups. */
export interface FilterText {
  /** From behind the number of the hop. */
  readonly hop: Stored
  readonly stop: Stop | undefined
  readonly margin: Margins[PortsOf]
  /** What fills the gaps for the groups. */
  readonly groups: GroupsText | undefined
}

/** Security groups that let nothing pass, with gaps for the groups and for the peer. */
export interface ClosedText {
  readonly hop: Stored
  readonly stop: Stored
  readonly margin: Margins['destination']
}

export interface RecordedLayer {
  readonly hops: readonly Omit<Hop, 'sequence'>[]
  readonly blockers: readonly Blocker[]
  readonly margins: Margins
}

/** @returns undefined where something is not known */
export function recordLayer(
  network: Network,
  flow: Flow,
  add: (record: WalkRecord) => void,
): RecordedLayer | undefined {
  const record = newRecord(network, flow)
  add(record)
  const hops = [...record.hops.forward, ...record.hops.return]
  if (record.unknown.length > 0 || hops.some(({ verdict }) => verdict === 'unknown')) return undefined
  return { ...record, hops: hops.map(({ sequence: _, ...hop }) => hop) }
}

/** @returns undefined where the text does not name the peer once, so that it is not certain where the gap is, or without room */
export function filterText(
  desk: Desk,
  { hops, blockers, margins }: RecordedLayer,
  kind: PortsOf,
  peer: string,
): FilterText | undefined {
  const [hop] = hops.map((one) => aroundPeer(desk, JSON.stringify(one).slice(1), peer))
  const [blocker] = blockers
  if (hop === undefined) return undefined
  if (!blocker) return { hop, stop: undefined, margin: margins[kind], groups: undefined }
  const stop = aroundPeer(desk, JSON.stringify(blocker), peer)
  return stop === undefined
    ? undefined
    : { hop, stop: { text: stop, key: keyOf(blocker) }, margin: margins[kind], groups: undefined }
}

/** Why security groups whose rules all fit the packet let nothing pass. */
export const NO_RULE_COVERS = (): string => 'ENI_SG_RULES_MISMATCH'

export const keyOf = ({
  leg,
  direction,
  component: { type, id },
}: Pick<Blocker, 'leg' | 'direction' | 'component'>): string => [leg, direction, type, id].join(' ')

function aroundPeer(desk: Desk, text: string, peer: string): Stored | undefined {
  const [before, after, ...more] = text.split(peer)
  return before !== undefined && after !== undefined && more.length === 0
    ? store(desk, [before, ADDRESS, after])
    : undefined
}
