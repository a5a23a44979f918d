/** What rules look at in a packet, besides its addresses: rules name destination ports only. */
export type Header =
  | { readonly protocol: number; readonly destinationPort: number }
  | { readonly protocol: number; readonly icmpType: number; readonly icmpCode: number }
  | { readonly protocol: number }

const TCP = 6
const UDP = 17
const ICMP = 1
const ICMPV6 = 58

/** ICMP means an echo request, whose reply is an echo reply: types 8 and 0, in ICMPv6 128 and 129. */
export function headerOf(protocol: number, destinationPort: number, leg: 'forward' | 'return'): Header {
  if (protocol === TCP || protocol === UDP) return { protocol, destinationPort }
  if (protocol === ICMP) return { protocol, icmpType: leg === 'forward' ? 8 : 0, icmpCode: 0 }
  if (protocol === ICMPV6) return { protocol, icmpType: leg === 'forward' ? 128 : 129, icmpCode: 0 }
  return { protocol }
}
