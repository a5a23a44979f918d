/** Explanations of which most are never read: who asks for the hops gets them, and until then nobody writes them. */
import type { Network } from '../network/network.ts'
import { explain, recorder } from './explanation.ts'
import type { Flow } from './flow.ts'
import { judgeOf } from './judge.ts'
import type { End } from './layers.ts'
import { verdictOf } from './margins.ts'
import { newRecord } from './record.ts'
import type { Explanation } from './result.ts'
import { sieve } from './sieve.ts'
import { walk } from './walk.ts'

type Answer = Pick<Explanation, 'verdict' | 'blockers' | 'unknown'>

/** The same as `explain`. */
export function explainOnDemand(network: Network, from: End, to: End, flow: Flow): Explanation {
  const answer = isOpen(network, from, to, flow) ? OPEN : answerOf(network, from, to, flow)
  let told: Explanation | undefined
  const whole = () => {
    told ??= explain(network, from, to, flow)
    return told
  }
  return {
    schemaVersion: '1',
    verdict: answer.verdict,
    get flow() {
      return whole().flow
    },
    get forward() {
      return whole().forward
    },
    get return() {
      return whole().return
    },
    blockers: answer.blockers,
    unknown: answer.unknown,
  }
}

const OPEN: Answer = { verdict: 'reachable', blockers: [], unknown: [] }

/** As the judge says, who tells the verdict alone, and of flows to one port only. */
function isOpen(network: Network, from: End, to: End, flow: Flow): boolean {
  const [ports, otherPorts] = flow.destinationPorts
  const [client, otherClient] = flow.sourcePorts
  if (!ports || !client || otherPorts || otherClient || ports.from !== ports.to) return false
  return judgeOf(network)(from, to, flow.protocol, ports.from, client.from, client.to) === 0
}

function answerOf(network: Network, from: End, to: End, flow: Flow): Answer {
  const record = newRecord(network, flow)
  walk(network, from, to, sieve(record, recorder(record)))
  const { margins, ports, blockers, unknown } = record
  return { verdict: verdictOf(margins, ports), blockers, unknown }
}
