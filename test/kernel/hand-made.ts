/** The naive evaluator's hand-made cases, whose answers come from AWS's documentation: is the kernel set up like AWS? */
import { readAws } from '../naive/aws.ts'
import { type Case, http, internet, networkAcls, routing, securityGroups } from '../naive/cases.ts'
import type { Flow } from '../naive/flows.ts'
import { openHarbour, snapshotOf } from '../naive/harbour.ts'
import { probeOf } from './case.ts'
import type { Oracle } from './oracle.ts'
import type { KernelNetwork } from './plan.ts'
import { spread } from './suite.ts'
import { translate } from './translate.ts'

const ICMP = 1
const UDP = 17
const PATIENCE = 0.5

/** Those that send TCP or UDP. */
export const handMade: readonly Case[] = [...securityGroups, ...networkAcls, ...routing, ...internet].filter(
  ({ packet }) => packet.protocol !== ICMP,
)

/** @returns what the cases say of which the kernel says otherwise */
export async function misjudged(oracles: readonly Oracle[]): Promise<readonly string[]> {
  const wrong: string[] = []
  await spread(oracles, handMade, async (oracle, one) => {
    const [passed] = await oracle.judge(kernelOf(one))
    if (passed !== (one.blockedBy.length === 0)) wrong.push(one.says)
  })
  return wrong
}

function kernelOf({ change, packet }: Case): KernelNetwork {
  const harbour = openHarbour()
  change?.(harbour)
  const vpcs = translate(readAws(snapshotOf(harbour)))
  const { from, to, protocol, sourcePort, destinationPort, natPort } = { ...http, ...packet }
  const flow: Flow = {
    from,
    to,
    ipv6: false,
    protocol: protocol === UDP ? 'udp' : 'tcp',
    sourcePorts: { from: sourcePort, to: sourcePort },
    destinationPorts: { from: destinationPort, to: destinationPort },
  }
  return { vpcs, probes: [probeOf(vpcs, { flow, natPort })], patience: PATIENCE }
}
