/**
 * Explanations as JSON text, for who asks by the hundred thousand: to the letter what JSON.stringify makes of `explain`
 * between two interfaces. What the recorder said of a layer once is said again of other packets; whatever is out of
 * the ordinary is left to the recorder.
 */
import type { Network } from '../../network/network.ts'
import type { Flow } from '../flow.ts'
import type { Inside } from '../layers.ts'
import type { Leg, Verdict } from '../result.ts'
import { goalAt, type Spot, spotOf } from '../spots.ts'
import { tellGroups, tellWay } from './layers.ts'
import { createMemory } from './memory.ts'
import { newTelling, startOf, type Telling, type ToldEnd, verdictTold } from './telling.ts'

export interface ExplanationText {
  readonly verdict: Verdict
  readonly json: string
}

/** @returns undefined where only the recorder can tell */
export type Teller = (from: Inside, to: Inside, flow: Flow) => ExplanationText | undefined

/** It remembers what it put into text, up to a limit. */
export function createTeller(network: Network): Teller {
  const memory = createMemory(network)
  return (from, to, flow) => {
    const near = spotOf(memory.spots, from.nic)
    const far = spotOf(memory.spots, to.nic)
    if (!near || !far || typeof from.address !== typeof to.address) return undefined
    const telling = newTelling(memory, flow, from, to)
    const last = near.subnet === far.subnet ? tellNeighbours(telling) : tellWays(telling, near, far)
    return last && !telling.twice ? finished(telling, last) : undefined
  }
}

/** The numbers of the last hops. */
type Last = Readonly<Record<Leg, number>>

/** Network ACLs and routes apply only between subnets. */
function tellNeighbours(telling: Telling): Last | undefined {
  const { from, to } = telling
  const told = tellGroups(telling, 'egress', from, to, 1, 2) && tellGroups(telling, 'ingress', to, from, 1, 3)
  return told ? { forward: 4, return: 2 } : undefined
}

function tellWays(telling: Telling, near: Spot, far: Spot): Last | undefined {
  const { memory, asked, from, to } = telling
  const there = memory.way(asked, 'forward', near.source, goalAt(memory.spots, far, to.address), from, to)
  const back = memory.way(asked, 'return', far.source, goalAt(memory.spots, near, from.address), to, from)
  if (!there || !back) return undefined
  const told =
    tellGroups(telling, 'egress', from, to, there.identity, 2) &&
    tellWay(telling, 'forward', there, from, to) &&
    tellGroups(telling, 'ingress', to, from, there.seen, there.next) &&
    tellWay(telling, 'return', back, to, from)
  return told ? { forward: there.next + 1, return: back.next } : undefined
}

function finished(telling: Telling, last: Last): ExplanationText {
  const { asked, from, to, hops, blockers } = telling
  const verdict = verdictTold(telling)
  const flow = `{"protocol":"${asked.protocol}","source":"${from.text}","sourcePorts":"${asked.sourcePorts}","destination":"${to.text}","destinationPorts":"${asked.destinationPorts}"}`
  const forward = `${firstHop('packets leave', from)}${hops.forward}${lastHop(last.forward, 'packets arrive at', to)}`
  const back = `${firstHop('replies leave', to)}${hops.return}${lastHop(last.return, 'replies arrive at', from)}`
  const json = `{"schemaVersion":"1","verdict":"${verdict}","flow":${flow},"forward":[${forward}],"return":[${back}],"blockers":[${blockers}],"unknown":[]}`
  return { verdict, json }
}

const firstHop = (verb: string, end: ToldEnd): string => `{"sequence":1,${endHop(verb, end)}`
const lastHop = (sequence: number, verb: string, end: ToldEnd): string =>
  `${startOf(sequence)}${endHop(verb, end)}`

const endHop = (verb: string, { id, text }: ToldEnd): string =>
  `"component":{"type":"network-interface","id":"${id}"},"verdict":"pass","explanation":"${verb} ${id} (${text})"}`
