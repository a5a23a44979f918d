/** What lies on the ways of the health checks, and of their replies, outside the load balancer's VPC. */
import type { Session } from '../session.ts'
import { askFor } from './gateways.ts'
import { collectFarEnds, type Ends } from './interfaces.ts'
import { type Journey, KINDS, nothing, type OnTheWay } from './journey.ts'
import { collectNeighbours, isLocal } from './neighbours.ts'
import { journeysOf } from './there-and-back.ts'
import { onTheWay } from './ways.ts'

export interface Outside {
  readonly ends: Ends
  readonly passed: OnTheWay
}

/** Local routes take most health checks: then there is no call. */
export async function collectOutside(
  session: Session,
  ends: Ends,
  near: ReadonlySet<string>,
): Promise<Outside> {
  const passed = { ...nothing(), vpcs: new Set(near) }
  const routed = await follow(session, ends, passed, [])
  const lost = routed.missing.filter((address) => !isLocal(session, near, address))
  if (lost.length === 0) return { ends: routed, passed }
  const meant = await collectNeighbours(session, near, lost)
  return { ends: await follow(session, routed, passed, meant), passed }
}

/** Asks for what lies on the ways, until that leads to nothing new. */
export async function follow(
  session: Session,
  ends: Ends,
  passed: OnTheWay,
  meant: readonly Journey[],
): Promise<Ends> {
  const found = onTheWay(session.responses, [...journeysOf(session, ends), ...meant])
  const fresh = KINDS.map((kind) => [kind, [...found[kind]].filter((id) => !passed[kind].has(id))] as const)
  const asking = fresh.filter(([, ids]) => ids.length > 0)
  if (asking.length === 0) return ends
  for (const [kind, ids] of asking) for (const id of ids) passed[kind].add(id)
  await Promise.all(asking.map(([kind, ids]) => askFor[kind](session, ids)))
  const beyond = asking.find(([kind]) => kind === 'vpcs')?.[1] ?? []
  const further = beyond.length === 0 ? ends : await collectFarEnds(session, ends, beyond)
  return follow(session, further, passed, meant)
}
