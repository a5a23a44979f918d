/**
 * Protocols by name and number, and what "ports" mean for each.
 *
 * TCP and UDP have ports. ICMP has a type and a code, kept as the one 16-bit number type * 256 + code,
 * so that every rule of every protocol is a range of 16-bit numbers. Other protocols have neither.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
 */
import type { Interval } from './intervals.ts'

export const TCP = 6
export const UDP = 17
export const ICMP = 1
export const ICMPV6 = 58

/** A map, not a record: a name such as "constructor" must find nothing. */
const numbers: ReadonlyMap<string, number> = new Map([
  ['tcp', TCP],
  ['udp', UDP],
  ['icmp', ICMP],
  ['icmpv6', ICMPV6],
])
const names: Readonly<Record<number, string>> = { 6: 'tcp', 17: 'udp', 1: 'icmp', 58: 'icmpv6' }

export const ALL_PORTS: Interval<number> = { from: 0, to: 65535 }

export const protocolName = (protocol: number): string => names[protocol] ?? String(protocol)
export const hasPorts = (protocol: number): boolean => protocol === TCP || protocol === UDP
export const isIcmp = (protocol: number): boolean => protocol === ICMP || protocol === ICMPV6

/** @returns the number, 'all' for "-1", undefined when it is neither a known name nor a number 0-255. */
export function parseProtocol(text: string): number | 'all' | undefined {
  const lower = text.toLowerCase()
  if (lower === '-1' || lower === 'all') return 'all'
  const named = numbers.get(lower)
  if (named !== undefined) return named
  return /^\d{1,3}$/.test(lower) && Number(lower) <= 255 ? Number(lower) : undefined
}

/** A rule's FromPort and ToPort as 16-bit numbers; for ICMP they are type and code, -1 meaning all. */
export function ruleRange(
  protocol: number | 'all',
  from: number | undefined,
  to: number | undefined,
): Interval<number> {
  if (protocol === 'all' || from === undefined || from === -1) return ALL_PORTS
  if (isIcmp(protocol)) {
    const type = from * 256
    return to === undefined || to === -1 ? { from: type, to: type + 255 } : { from: type + to, to: type + to }
  }
  return hasPorts(protocol) ? { from, to: to ?? from } : ALL_PORTS
}
