/** Every call goes through here: counted, reported, and never more than a few at once. */
import pLimit from 'p-limit'
import type { Clients } from './clients.ts'
import { eachOnce } from './further-clients.ts'

export interface Progress {
  /** Calls that were begun, this one included. */
  readonly calls: number
  /** The SDK command, as in `DescribeSubnetsCommand`. */
  readonly command: string
}

type Run = <T>(command: object, call: () => T | Promise<T>) => Promise<T>

interface Sender {
  send(command: object): unknown
}

/** The same client, with `send` going through `run`. The SDK's paginators take it: it still is an instance. */
function metered<C extends object>(client: C, run: Run): C {
  const inner = client as C & Sender
  const send = (command: object) => run(command, () => inner.send(command))
  return Object.create(client, { send: { value: send } }) as C
}

export interface Meter {
  readonly clients: Clients
  readonly calls: () => number
}

export function meter(clients: Clients, atOnce: number, onProgress?: (progress: Progress) => void): Meter {
  const limit = pLimit(atOnce)
  let calls = 0
  const run: Run = (command, call) =>
    limit(() => {
      calls += 1
      onProgress?.({ calls, command: command.constructor.name })
      return call()
    })
  return {
    clients: {
      ec2: metered(clients.ec2, run),
      elb: metered(clients.elb, run),
      ecs: metered(clients.ecs, run),
      sts: metered(clients.sts, run),
      further: eachOnce(async (service) => metered(await clients.further(service), run)),
    },
    calls: () => calls,
  }
}
