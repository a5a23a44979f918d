import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import type { Operation } from '../operations.ts'
import type { Snapshot } from '../types.ts'
import type { Clients } from './clients.ts'
import { type CollectedKeyed, keyed, lists } from './operations.ts'
import { type CollectOptions, type Session, startSession } from './session.ts'

/**
 * Everything of one Region: an operation that fails is recorded, the rest is still collected.
 * @throws whatever STS answers when nobody may ask at all (no credentials, no Region, no such endpoint)
 */
export async function collectRegion(clients: Clients, options: CollectOptions = {}): Promise<Snapshot> {
  const session = startSession(clients, options)
  const caller = await session.clients.sts.send(new GetCallerIdentityCommand({}))
  const unkeyed = Object.keys(lists) as (keyof typeof lists)[]
  await Promise.all(unkeyed.map((operation) => session.ask(operation, {})))
  await collectKeyed(session, new Set(unkeyed))
  return session.finish(caller.Account ?? '', 'region')
}

/** Wave by wave: an operation's turn comes when everything that its keys come from has been asked. */
async function collectKeyed(session: Session, asked: Set<Operation>): Promise<void> {
  const waiting = (Object.keys(keyed) as CollectedKeyed[]).filter((operation) => !asked.has(operation))
  const ready = waiting.filter((operation) => keyed[operation].from.every((source) => asked.has(source)))
  if (ready.length === 0) return
  await Promise.all(
    ready.map((operation) => session.askEach(operation, keyed[operation].keys(session.responses))),
  )
  await collectKeyed(session, new Set([...asked, ...ready]))
}
