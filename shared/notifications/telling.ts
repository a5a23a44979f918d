import type { Channel } from './channel.ts'
import type { DeliverPorts, Outcome } from './ports.ts'

/** One channel's part of a run. */
export interface Telling {
  readonly ports: DeliverPorts
  readonly channel: Channel
  /** Milliseconds since 1970. */
  readonly deadline: number
}

export type TellResult = Outcome | Error

/** @throws Error when the run has no time left: the stream brings the change again */
export function mustHaveTime({ ports, deadline }: Telling): void {
  if (ports.now().getTime() >= deadline) throw new Error('this run has no time left')
}

export const channelError = ({ name }: Channel, error: unknown): Error =>
  new Error(`channel ${name}: ${(error as Error).message}`, { cause: error })
