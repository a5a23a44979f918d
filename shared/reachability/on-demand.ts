/** Explanations of which most are never read: of an open way the judge says that it is open, and who asks gets the proof. */
import type { Network } from '../network/network.ts'
import { explain } from './explanation.ts'
import type { Flow } from './flow.ts'
import { judgeOf } from './judge.ts'
import type { End } from './layers.ts'
import type { Explanation } from './result.ts'

/** The same as `explain`, for a flow to one port. */
export function explainOnDemand(network: Network, from: End, to: End, flow: Flow): Explanation {
  const [ports, otherPorts] = flow.destinationPorts
  const [client, otherClient] = flow.sourcePorts
  const isOne = ports && client && ports.from === ports.to && !otherPorts && !otherClient
  if (!isOne || judgeOf(network)(from, to, flow.protocol, ports.from, client.from, client.to) !== OPEN)
    return explain(network, from, to, flow)
  return openWay(() => explain(network, from, to, flow))
}

/** No layer blocks, and of none anything is not known. */
const OPEN = 0

function openWay(tell: () => Explanation): Explanation {
  let told: Explanation | undefined
  const whole = () => {
    told ??= tell()
    return told
  }
  return {
    schemaVersion: '1',
    verdict: 'reachable',
    get flow() {
      return whole().flow
    },
    get forward() {
      return whole().forward
    },
    get return() {
      return whole().return
    },
    blockers: [],
    unknown: [],
  }
}
