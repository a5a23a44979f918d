/**
 * Addresses and CIDR blocks, replaced so that containment stays: two addresses that share exactly n leading bits
 * share exactly n leading bits afterwards (the Crypto-PAn scheme). Whatever rule or route matched still matches.
 *
 * The classes below keep their leading bits, so that private stays private and well-known blocks stay themselves.
 */
import { createHmac } from 'node:crypto'
import ipaddr from 'ipaddr.js'

/** Bits below the class are replaced. */
const CLASSES = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '198.18.0.0/15',
  'fc00::/7',
  '2000::/3',
]
/** The same everywhere, they identify nobody: kept whole. https://www.iana.org/assignments/iana-ipv4-special-registry/ */
const KEPT = [
  '0.0.0.0/8',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '224.0.0.0/3',
  '::/32',
  '64:ff9b::/96',
  'fd00:ec2::/32',
  'fe80::/10',
  'ff00::/8',
]

type Bits = string

interface Block {
  readonly bits: Bits
  readonly kept: boolean
  readonly version: 4 | 6
}

const BLOCKS: readonly Block[] = [...CLASSES, ...KEPT].map((cidr) => {
  const [address, length] = ipaddr.parseCIDR(cidr)
  const version = address.kind() === 'ipv4' ? 4 : 6
  return { bits: bitsOf(address).slice(0, length), kept: KEPT.includes(cidr), version }
})

export type ReplaceAddress = (address: string) => string

/** @returns undefined for what is neither an address nor a CIDR block */
export function parseAddress(
  text: string,
): { address: ipaddr.IPv4 | ipaddr.IPv6; length: number | undefined } | undefined {
  const [address = '', length] = text.split('/')
  if (!/^(\d{1,3}(\.\d{1,3}){3}|[\da-f]*:[\da-f:.]*:[\da-f.]*)$/i.test(address) || !ipaddr.isValid(address))
    return undefined
  if (length !== undefined && !/^\d{1,3}$/.test(length)) return undefined
  return { address: ipaddr.parse(address), length: length === undefined ? undefined : Number(length) }
}

export function replaceAddresses(key: Uint8Array): ReplaceAddress {
  const flips = new Map<string, boolean>()
  const flip = (version: 4 | 6, prefix: Bits): boolean => {
    const place = `${version}/${prefix}`
    const known = flips.get(place)
    if (known !== undefined) return known
    const wanted = mayFlip(version, prefix) && (isFirst(version, prefix) || oddDigest(key, place))
    flips.set(place, wanted)
    return wanted
  }
  return (text) => {
    const parsed = parseAddress(text)
    if (!parsed) return text
    const { address, length } = parsed
    const version = address.kind() === 'ipv4' ? 4 : 6
    const bits = bitsOf(address)
    const changed = Array.from(bits, (bit, at) =>
      at < (length ?? bits.length) && flip(version, bits.slice(0, at)) ? (bit === '0' ? '1' : '0') : bit,
    ).join('')
    return addressOf(changed) + (length === undefined ? '' : `/${length}`)
  }
}

/** The first bit below a class always changes: no address is its own pseudonym. */
const isFirst = (version: 4 | 6, prefix: Bits) => prefix === '' || !mayFlip(version, prefix.slice(0, -1))

const oddDigest = (key: Uint8Array, text: string) =>
  ((createHmac('sha256', key).update(text).digest()[0] ?? 0) & 1) === 1

/** Not inside what is kept, and not above a class: exchanging the two halves would move the class. */
const mayFlip = (version: 4 | 6, prefix: Bits): boolean =>
  BLOCKS.every(
    (block) =>
      block.version !== version ||
      !(
        (block.kept && prefix.startsWith(block.bits)) ||
        (block.bits.length > prefix.length && block.bits.startsWith(prefix))
      ),
  )

function bitsOf(address: ipaddr.IPv4 | ipaddr.IPv6): Bits {
  return address
    .toByteArray()
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('')
}

function addressOf(bits: Bits): string {
  const bytes = bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? []
  return ipaddr.fromByteArray(bytes).toString()
}
