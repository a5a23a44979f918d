/** What was put into text once, to be used again: as long as there is room for it. */
import type { Network } from '../../network/network.ts'
import type { PortSet } from '../../network/ports.ts'
import { protocolName } from '../../network/protocol.ts'
import type { GroupRule } from '../../network/security-groups.ts'
import { type Flow, portsText } from '../flow.ts'
import type { Inside, PortsOf } from '../layers.ts'
import type { Margins } from '../margins.ts'
import { newPassages, type Passages } from '../passages.ts'
import { newRecord } from '../record.ts'
import type { Direction, Leg } from '../result.ts'
import { newSpots, type Spots } from '../spots.ts'
import { type Deciders, newDeciders } from './deciders.ts'
import { type EndTexts, newEndTexts } from './end-texts.ts'
import { shortOf } from './gapped.ts'
import type { ClosedText, FilterText } from './layer-text.ts'
import { clearStore, type Desk, type Short } from './page.ts'
import { recordWay, type Stretch, type WayText } from './way-text.ts'

/** A flow and what filters say of it. */
export interface Asked {
  readonly flow: Flow
  readonly network: Network
  readonly desk: Desk
  readonly passages: Passages
  readonly ways: Ways
  readonly ports: Readonly<Record<PortsOf, PortSet>>
  readonly margins: Margins
  /** What a layer blocks that lets nothing pass. */
  readonly blocked: Readonly<Record<Leg, Short>>
  readonly protocol: Short
  readonly sourcePorts: Short
  readonly destinationPorts: Short
  readonly groups: Readonly<Record<Direction, GroupTexts>>
  /** By twice the number of the subnet, and one more for egress; then by the place of the steps that decide. */
  readonly acls: Readonly<Record<PortsOf, (Map<number, FilterText> | undefined)[]>>
}

/** What security groups say. */
interface GroupTexts {
  /** Where one port is asked about. */
  readonly deciders: Deciders | undefined
  /** Of the deciders' rules. */
  readonly byNumber: (FilterText | undefined)[]
  readonly byRule: Map<GroupRule, FilterText>
  /** By the place of a set of groups: no rule applies. */
  readonly byNoRule: Map<number, FilterText>
  /** Of which those are made. */
  closed: ClosedText | undefined
}

type OfProtocol = Pick<Asked, 'passages' | 'ways'>

/** Of one protocol: by the number of the source, then by that of the goal. Null: cannot be told. */
type Ways = Readonly<Record<Leg, (WayText | null | undefined)[][]>>

export interface Memory {
  /** Of the ends that are asked about: written over by the next question. */
  readonly texts: { readonly from: EndTexts; readonly to: EndTexts }
  readonly spots: Spots
  readonly asked: (flow: Flow) => Asked
  readonly way: (
    asked: Asked,
    leg: Leg,
    source: number,
    goal: number,
    from: Inside,
    to: Inside,
  ) => WayText | undefined
}

/** About a hundred megabytes. */
const MOST_WAYS = 100_000
/** Who asks about more different flows at a time is helped little by what was said of them. */
const MOST_FLOWS = 64

export function createMemory(network: Network, desk: Desk): Memory {
  const protocols = new Map<number, OfProtocol>()
  const flows = new Map<Flow, Asked>()
  const stretches = new Map<string, Stretch>()
  let last: Asked | undefined
  let count = 0

  function addAsked(flow: Flow): Asked {
    if (flows.size >= MOST_FLOWS) flows.clear()
    const asked = askedOf(network, desk, flow, ofProtocol(flow.protocol))
    flows.set(flow, asked)
    return asked
  }

  function ofProtocol(protocol: number): OfProtocol {
    const found = protocols.get(protocol)
    if (found) return found
    const made: OfProtocol = {
      passages: newPassages(network, protocol),
      ways: { forward: [], return: [] },
    }
    protocols.set(protocol, made)
    return made
  }

  function forget(): void {
    count = 0
    last = undefined
    stretches.clear()
    flows.clear()
    protocols.clear()
    clearStore(desk)
  }

  return {
    texts: { from: newEndTexts(), to: newEndTexts() },
    spots: newSpots(network),
    asked(flow) {
      if (desk.isFull || count > MOST_WAYS) forget()
      if (last?.flow !== flow) last = flows.get(flow) ?? addAsked(flow)
      return last
    },
    way({ flow, ways }, leg, source, goal, from, to) {
      const found = ways[leg][source]?.[goal]
      if (found !== undefined) return found ?? undefined
      count += 1
      const made = recordWay(network, flow, desk, stretches, leg, from, to)
      const row = ways[leg][source] ?? []
      row[goal] = made ?? null
      ways[leg][source] = row
      return made
    },
  }
}

function askedOf(network: Network, desk: Desk, flow: Flow, rules: OfProtocol): Asked {
  const { protocol } = flow
  const sourcePorts = portsText(protocol, flow.sourcePorts)
  const destinationPorts = portsText(protocol, flow.destinationPorts)
  const { ports, margins } = newRecord(network, flow)
  return {
    flow,
    network,
    desk,
    ...rules,
    ports,
    margins,
    blocked: {
      forward: shortOf(JSON.stringify({ destinationPorts })),
      return: shortOf(JSON.stringify({ sourcePorts })),
    },
    protocol: shortOf(protocolName(protocol)),
    sourcePorts: shortOf(sourcePorts),
    destinationPorts: shortOf(destinationPorts),
    groups: { egress: groupTexts(network, flow, 'egress'), ingress: groupTexts(network, flow, 'ingress') },
    acls: { destination: [], source: [], translated: [] },
  }
}

function groupTexts(
  network: Network,
  { protocol, destinationPorts: [first, ...more] }: Flow,
  direction: Direction,
): GroupTexts {
  const port = first && first.from === first.to && more.length === 0 ? first.from : undefined
  const deciders = port === undefined ? undefined : newDeciders(network, direction, protocol, port)
  return { deciders, byNumber: [], byRule: new Map(), byNoRule: new Map(), closed: undefined }
}
