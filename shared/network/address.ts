/**
 * Addresses as numbers. An IPv4 address is a `number` (0 .. 2^32-1), an IPv6 address a `bigint`:
 * the type of the value is its family, so that the two can never be mixed up.
 */
import ipaddr from 'ipaddr.js'
import { contains, type Interval, type IntervalSet, intervalSet } from './intervals.ts'

export type Address = number | bigint

const DOTTED = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/

/** @returns undefined when the text is not an address (octets with leading zeros are not). */
export function parseAddress(text: string): Address | undefined {
  const dotted = DOTTED.exec(text)
  if (dotted) return parseOctets(dotted)
  if (!text.includes(':') || !ipaddr.IPv6.isValid(text)) return undefined
  return ipaddr.IPv6.parse(text).parts.reduce((value, part) => (value << 16n) | BigInt(part), 0n)
}

function parseOctets(dotted: RegExpExecArray): number | undefined {
  let value = 0
  for (let i = 1; i <= 4; i++) {
    const octet = dotted[i] as string
    if (Number(octet) > 255 || (octet.length > 1 && octet.startsWith('0'))) return undefined
    value = value * 256 + Number(octet)
  }
  return value
}

export function formatAddress(address: Address): string {
  if (typeof address === 'number') {
    return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`
  }
  const parts = [7n, 6n, 5n, 4n, 3n, 2n, 1n, 0n].map((i) => Number((address >> (i * 16n)) & 0xffffn))
  return new ipaddr.IPv6(parts).toString()
}

export interface Cidr {
  readonly text: string
  readonly prefixLength: number
  readonly range: Interval<number> | Interval<bigint>
}

/** Host bits are cut off, as AWS does. @returns undefined when the text is not a CIDR block. */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.indexOf('/')
  const address = slash > 0 ? parseAddress(text.slice(0, slash)) : undefined
  const prefixLength = Number(text.slice(slash + 1))
  if (address === undefined || !/^\d{1,3}$/.test(text.slice(slash + 1))) return undefined
  if (prefixLength > (typeof address === 'number' ? 32 : 128)) return undefined
  return { text, prefixLength, range: block(address, prefixLength) }
}

function block(address: Address, prefixLength: number): Interval<number> | Interval<bigint> {
  if (typeof address === 'number') {
    const size = 2 ** (32 - prefixLength)
    const from = Math.floor(address / size) * size
    return { from, to: from + size - 1 }
  }
  const size = 1n << BigInt(128 - prefixLength)
  const from = (address / size) * size
  return { from, to: from + size - 1n }
}

export const inRange = (address: Address, range: Interval<number> | Interval<bigint>): boolean =>
  typeof address === typeof range.from && range.from <= address && address <= range.to

const ipv4Set = (...cidrs: string[]): IntervalSet<number> =>
  intervalSet(cidrs.map((cidr) => (parseCidr(cidr) as Cidr).range as Interval<number>))

/** RFC 1918 and RFC 6598: what an internet gateway never carries. */
const privateIpv4 = ipv4Set('10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10')
const specialIpv4 = ipv4Set('0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3')

/** Where public space begins or ends, of each family. */
export const PUBLIC_BOUNDS = {
  v4: [...privateIpv4, ...specialIpv4].flatMap(({ from, to }) => [from, to + 1]),
  v6: [1n << 125n, 1n << 126n],
} as const

const sharedIpv4 = ipv4Set('100.64.0.0/10')

/** Shared address space, for carriers: https://www.rfc-editor.org/rfc/rfc6598 */
export const isShared = (address: Address): boolean =>
  typeof address === 'number' && contains(sharedIpv4, address)

/** Whether the public internet can carry it: global unicast for IPv6, not private or special for IPv4. */
export function isPublic(address: Address): boolean {
  if (typeof address === 'bigint') return address >> 125n === 1n
  return !contains(privateIpv4, address) && !contains(specialIpv4, address)
}
