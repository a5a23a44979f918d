/**
 * Explanations as JSON text, for who asks by the hundred thousand: to the letter what JSON.stringify makes of `explain`
 * between two interfaces. What the recorder said of a layer once is said again of other packets; whatever is out of
 * the ordinary is left to the recorder.
 */
import type { Network } from '../../network/network.ts'
import type { Flow } from '../flow.ts'
import type { Verdict } from '../result.ts'
import { goalAt, type Spot, spotOf } from '../spots.ts'
import type { Named } from './end-texts.ts'
import { encoded, putGapped } from './gapped.ts'
import { tellGroups, tellWay } from './layers.ts'
import { createMemory } from './memory.ts'
import { type Desk, type Page, put, putShort, replace } from './page.ts'
import { newTelling, putStart, type Telling, type ToldEnd, verdictTold } from './telling.ts'
import type { WayText } from './way-text.ts'

/** Writes the explanation. @returns undefined, and writes nothing, where only the recorder can tell */
export type Teller = (page: Page, from: Named, to: Named, flow: Flow) => Verdict | undefined

/** It remembers what it put into text, up to a limit. */
export function createTeller(network: Network, desk: Desk): Teller {
  const memory = createMemory(network, desk)
  return (page, from, to, flow) => {
    const near = spotOf(memory.spots, from.nic)
    const far = spotOf(memory.spots, to.nic)
    if (!near || !far || typeof from.address !== typeof to.address) return undefined
    const telling = newTelling(memory, page, flow, from, to)
    const course = telling && (near.subnet === far.subnet ? NEIGHBOURS : courseOf(telling, near, far))
    if (!course) return undefined
    const start = page.end
    if (tell(telling, course)) return corrected(telling, start)
    page.end = start
    page.isFull = false
    return undefined
  }
}

/** What lies between the ends. */
interface Course {
  readonly there: WayText
  readonly back: WayText
}

/** Network ACLs and routes apply only between subnets. */
const NEIGHBOURS: Course = {
  there: { identity: 1, seen: 1, stretches: [], next: 3 },
  back: { identity: 1, seen: 1, stretches: [], next: 2 },
}

function courseOf({ memory, asked, from, to }: Telling, near: Spot, far: Spot): Course | undefined {
  const there = memory.way(asked, 'forward', near.source, goalAt(memory.spots, far, to.address), from, to)
  const back = memory.way(asked, 'return', far.source, goalAt(memory.spots, near, from.address), to, from)
  return there && back && { there, back }
}

const HEAD = encoded('{"schemaVersion":"1","verdict":"')
const VERDICTS: Readonly<Record<Verdict, Uint8Array>> = {
  reachable: encoded('reachable'),
  partial: encoded('partial'),
  blocked: encoded('blocked'),
  unknown: encoded('unknown'),
}
const RETURN = encoded('],"return":[')
const BLOCKERS = encoded('],"blockers":[')
const COMMA = encoded(',')
const UNKNOWN = encoded('],"unknown":[]}')

/** As blocked: what it is in truth is known at the end. @returns whether all of it could be told */
function tell(telling: Telling, { there, back }: Course): boolean {
  const { page, from, to, stops } = telling
  put(page, HEAD)
  put(page, VERDICTS.blocked)
  putFlow(telling)
  put(page, FIRST)
  putEnd(page, LEAVE.forward, from)
  if (!tellGroups(telling, 'egress', from, to, there.identity, 2)) return false
  if (!tellWay(telling, 'forward', there)) return false
  if (!tellGroups(telling, 'ingress', to, from, there.seen, there.next)) return false
  putStart(page, there.next + 1)
  putEnd(page, ARRIVE.forward, to)
  put(page, RETURN)
  put(page, FIRST)
  putEnd(page, LEAVE.return, to)
  if (!tellWay(telling, 'return', back)) return false
  putStart(page, back.next)
  putEnd(page, ARRIVE.return, from)
  put(page, BLOCKERS)
  stops.forEach(({ text, fillings, groups }, i) => {
    if (i > 0) put(page, COMMA)
    putGapped(page, text, fillings, groups)
  })
  put(page, UNKNOWN)
  return !telling.twice && !page.isFull
}

const FLOW = encoded('","flow":{"protocol":"')
const SOURCE = encoded('","source":"')
const SOURCE_PORTS = encoded('","sourcePorts":"')
const DESTINATION = encoded('","destination":"')
const DESTINATION_PORTS = encoded('","destinationPorts":"')
const FORWARD = encoded('"},"forward":[')

function putFlow({ page, asked, from, to }: Telling): void {
  put(page, FLOW)
  putShort(page, asked.protocol)
  put(page, SOURCE)
  putShort(page, from.text)
  put(page, SOURCE_PORTS)
  putShort(page, asked.sourcePorts)
  put(page, DESTINATION)
  putShort(page, to.text)
  put(page, DESTINATION_PORTS)
  putShort(page, asked.destinationPorts)
  put(page, FORWARD)
}

const FIRST = encoded('{"sequence":1,')
const HOP = encoded('"component":{"type":"network-interface","id":"')
const LEAVE = { forward: hopOf('packets leave'), return: hopOf('replies leave') }
const ARRIVE = { forward: hopOf('packets arrive at'), return: hopOf('replies arrive at') }
const ADDRESS = encoded(' (')
const END = encoded(')"}')

function hopOf(verb: string): Uint8Array {
  return encoded(`"},"verdict":"pass","explanation":"${verb} `)
}

function putEnd(page: Page, verb: Uint8Array, { id, text }: ToldEnd): void {
  put(page, HOP)
  putShort(page, id)
  put(page, verb)
  putShort(page, id)
  put(page, ADDRESS)
  putShort(page, text)
  put(page, END)
}

function corrected(telling: Telling, start: number): Verdict {
  const verdict = verdictTold(telling)
  const at = start + HEAD.length
  if (verdict !== 'blocked') replace(telling.page, at, at + VERDICTS.blocked.length, VERDICTS[verdict])
  return verdict
}
