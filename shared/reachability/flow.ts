/** What is asked between two ends: a protocol, the ports of the service, and the set of client ports. */
import { EPHEMERAL, formatPorts, onePort, type PortSet } from '../network/ports.ts'
import { hasPorts, ICMP, type ICMPV6, isIcmp } from '../network/protocol.ts'

/**
 * Ports are 16-bit numbers; for ICMP they are type * 256 + code, and the "source ports" are those of the reply
 * (https://www.rfc-editor.org/rfc/rfc792). Protocols without ports ask for all of them.
 */
export interface Flow {
  readonly protocol: number
  readonly destinationPorts: PortSet
  readonly sourcePorts: PortSet
}

const ECHO_REQUEST = onePort(8 * 256)
const ECHO_REPLY = onePort(0)
const ECHO_REQUEST_V6 = onePort(128 * 256)
const ECHO_REPLY_V6 = onePort(129 * 256)

export const ping = (protocol: typeof ICMP | typeof ICMPV6): Flow =>
  protocol === ICMP
    ? { protocol, destinationPorts: ECHO_REQUEST, sourcePorts: ECHO_REPLY }
    : { protocol, destinationPorts: ECHO_REQUEST_V6, sourcePorts: ECHO_REPLY_V6 }

/** A connection from any client port that a load balancer may use. */
export const toPort = (protocol: number, port: number, sourcePorts: PortSet = EPHEMERAL): Flow => ({
  protocol,
  destinationPorts: onePort(port),
  sourcePorts,
})

/** "8000", "1024-65535", "type 8 code 0", or "all" where the protocol has no ports. */
export function portsText(protocol: number, ports: PortSet): string {
  if (hasPorts(protocol)) return formatPorts(ports)
  const first = ports[0]
  if (!isIcmp(protocol) || !first || first.from !== first.to) return 'all'
  return `type ${Math.floor(first.from / 256)} code ${first.from % 256}`
}
