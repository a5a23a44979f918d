/** Addresses for the naive evaluator: everything by ipaddr.js, nothing clever. */
import ipaddr from 'ipaddr.js'

type Block = readonly [ipaddr.IPv4 | ipaddr.IPv6, number]
const blocks = new Map<string, Block>()
const addresses = new Map<string, ipaddr.IPv4 | ipaddr.IPv6>()

function remembered<T>(memory: Map<string, T>, text: string, parse: (text: string) => T): T {
  const found = memory.get(text) ?? parse(text)
  memory.set(text, found)
  return found
}

const blockOf = (cidr: string): Block => remembered<Block>(blocks, cidr, (text) => ipaddr.parseCIDR(text))
const addressOf = (address: string) => remembered(addresses, address, (text) => ipaddr.parse(text))

/** Is the address in the CIDR block? A block of the other family holds nothing. */
export function contains(cidr: string, address: string): boolean {
  const [base, length] = blockOf(cidr)
  const parsed = addressOf(address)
  return parsed.kind() === base.kind() && parsed.match(base, length)
}

export const prefixLength = (cidr: string): number => blockOf(cidr)[1]

export const isIpv6 = (address: string): boolean => address.includes(':')

/** RFC 1918 and RFC 6598: an internet gateway carries these neither in nor out. */
const NEVER_ON_THE_INTERNET = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10']

export const isPrivate = (address: string): boolean =>
  NEVER_ON_THE_INTERNET.some((cidr) => contains(cidr, address))
