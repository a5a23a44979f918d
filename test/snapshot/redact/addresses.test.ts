import fc from 'fast-check'
import ipaddr from 'ipaddr.js'
import { describe, expect, test } from 'vitest'
import { replaceAddresses } from '../../../shared/snapshot/redact/addresses.ts'

const keys = fc.uint8Array({ minLength: 16, maxLength: 16 })
const contains = (block: string, address: string) => ipaddr.parse(address).match(ipaddr.parseCIDR(block))

const byte = fc.integer({ min: 0, max: 255 })
const ipv4 = fc.tuple(byte, byte, byte, byte).map((bytes) => bytes.join('.'))
const ipv6 = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 })
  .map((groups) => ipaddr.parse(groups.map((group) => group.toString(16)).join(':')).toString())

/** An address, and a block that is near it, so that containment is not always false. */
const near = (address: fc.Arbitrary<string>, bits: number) =>
  fc
    .record({ inside: address, other: address, length: fc.integer({ min: 0, max: bits }) })
    .map(({ inside, other, length }) => ({
      block: `${(bits === 32 ? ipaddr.IPv4 : ipaddr.IPv6).networkAddressFromCIDR(`${inside}/${length}`)}/${length}`,
      inside,
      other,
    }))

describe.each([
  ['IPv4', near(ipv4, 32)],
  ['IPv6', near(ipv6, 128)],
])('%s', (_version, cases) => {
  test('a block contains afterwards what it contained before, and nothing else', () => {
    fc.assert(
      fc.property(keys, cases, (key, { block, inside, other }) => {
        const replace = replaceAddresses(key)
        expect(contains(replace(block), replace(inside))).toBe(true)
        expect(contains(replace(block), replace(other))).toBe(contains(block, other))
      }),
    )
  })

  test('two addresses stay two', () => {
    fc.assert(
      fc.property(keys, cases, (key, { inside, other }) => {
        const replace = replaceAddresses(key)
        expect(replace(inside) === replace(other)).toBe(inside === other)
      }),
    )
  })
})

const CLASSES = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '198.18.0.0/15',
  'fc00::/7',
  '2000::/3',
]

test('an address keeps its class, public or private', () => {
  fc.assert(
    fc.property(keys, fc.oneof(ipv4, ipv6), (key, address) => {
      const after = replaceAddresses(key)(address)
      const same = CLASSES.filter(
        (block) => ipaddr.parse(address).kind() === ipaddr.parseCIDR(block)[0].kind(),
      )
      for (const block of same) expect(contains(block, after)).toBe(contains(block, address))
    }),
  )
})

test('a private address is never its own pseudonym', () => {
  fc.assert(
    fc.property(keys, fc.tuple(byte, byte, byte), (key, bytes) => {
      const address = `10.${bytes.join('.')}`
      expect(replaceAddresses(key)(address)).not.toBe(address)
    }),
  )
})

test.each([
  '0.0.0.0/0',
  '::/0',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.169.254',
  '127.0.0.1',
  '255.255.255.255',
  'fc00::/7',
  'fe80::1',
  '::1',
])('%s stands for itself everywhere, and stays', (text) => {
  expect(replaceAddresses(new Uint8Array(16))(text)).toBe(text)
})
