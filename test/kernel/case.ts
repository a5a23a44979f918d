/** A network with packets in it: what the engine says of them, and the same for the kernel. */
import { compileSnapshot } from '../../shared/explain.ts'
import { parseSnapshot } from '../../shared/snapshot/parse.ts'
import type { Snapshot } from '../../shared/snapshot/types.ts'
import { readAws } from '../naive/aws.ts'
import { flowIn } from '../naive/flows.ts'
import { buildSnapshot } from '../naive/topology.ts'
import type { KernelNetwork, KernelProbe, KernelVpc, MachineNumber } from './plan.ts'
import { type Question, questionsOf } from './questions.ts'
import type { RandomCase } from './random-networks.ts'
import { translate } from './translate.ts'

export interface Case {
  readonly snapshot: Snapshot
  readonly asked: readonly Question[]
  /** One probe for each question that was asked. */
  readonly kernel: KernelNetwork
  /** Packets of which the engine says that it cannot know. */
  readonly unknown: number
}

const PROBES = 24
/** Answers take microseconds; a probe that should pass and does not is sent again with more patience. */
const PATIENCE = 0.03

export function caseOf({ network, flows }: RandomCase): Case {
  const snapshot = parseSnapshot(buildSnapshot(network))
  const compiled = compileSnapshot(snapshot)
  const vpcs = translate(readAws(snapshot))
  const fits = withoutClashes()
  const asked: Question[] = []
  const probes: KernelProbe[] = []
  let unknown = 0
  for (const { flow, picks } of flows) {
    const found = flowIn(network, flow)
    if (!found || probes.length >= PROBES) continue
    for (const question of questionsOf(compiled, found, picks)) {
      const probe = probeOf(vpcs, question)
      if (question.expected === undefined) unknown += 1
      else if (fits(probe)) {
        asked.push(question)
        probes.push(probe)
      }
    }
  }
  return { snapshot, asked, kernel: { vpcs, probes, patience: PATIENCE }, unknown }
}

export function probeOf(
  vpcs: readonly KernelVpc[],
  { flow, natPort }: Pick<Question, 'flow' | 'natPort'>,
): KernelProbe {
  const from = machineOf(vpcs, flow.from)
  const to = machineOf(vpcs, flow.to)
  const address = (end: Found | undefined, name: string) =>
    end?.addresses.find((own) => own.includes(':') === flow.ipv6) ?? name
  const destination = address(to, flow.to)
  return {
    from: from?.number ?? null,
    to: to?.number ?? null,
    source: address(from, flow.from),
    // The internet knows an interface by its public address; without one it tries the private one.
    target: from || flow.ipv6 ? destination : (to?.publicAddress ?? destination),
    destination,
    protocol: flow.protocol === 'udp' ? 'udp' : 'tcp',
    sourcePort: flow.sourcePorts.from,
    port: flow.destinationPorts.from,
    natPort,
  }
}

interface Found {
  readonly number: MachineNumber
  readonly addresses: readonly string[]
  readonly publicAddress: string | null
}

/** @param name an interface's id or one of its addresses */
function machineOf(vpcs: readonly KernelVpc[], name: string): Found | undefined {
  for (const [vpc, { machines }] of vpcs.entries()) {
    const machine = machines.findIndex(({ id, addresses }) => id === name || addresses.includes(name))
    const found = machines[machine]
    if (found) return { ...found, number: { vpc, machine } }
  }
  return undefined
}

/**
 * A port of a machine has one use, so that no probe is answered by another's socket; and a NAT gateway uses a port
 * once towards a server's port, or the kernel would take another one.
 */
function withoutClashes(): (probe: KernelProbe) => boolean {
  const clients = new Set<string>()
  const servers = new Set<string>()
  return ({ from, to, target, protocol, sourcePort, port, natPort }) => {
    const use = (end: MachineNumber | null, used: number) => `${end?.vpc} ${end?.machine} ${protocol} ${used}`
    const client = use(from, sourcePort)
    const server = use(to, port)
    const translated = to === null ? `NAT ${natPort}` : `NAT ${natPort} to ${protocol} ${target} ${port}`
    if ([client, server, translated].some((taken) => clients.has(taken)) || servers.has(client)) return false
    clients.add(client).add(translated)
    servers.add(server)
    return true
  }
}
