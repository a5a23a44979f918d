import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatAddress, inRange, isPublic, parseAddress, parseCidr } from '../../shared/network/address.ts'

describe('addresses', () => {
  it('survive being written and read again', () => {
    fc.assert(
      fc.property(fc.oneof(fc.nat(0xffffffff), fc.bigInt(0n, (1n << 128n) - 1n)), (address) => {
        expect(parseAddress(formatAddress(address))).toBe(address)
      }),
    )
  })

  it('of the two families are of two types, so that they never mix', () => {
    expect(parseAddress('0.0.0.10')).toBe(10)
    expect(parseAddress('::10')).toBe(16n)
    expect(inRange(10, { from: 0n, to: 100n })).toBe(false)
  })

  it.each(['010.0.0.1', '10.0.0', '10.0.0.256', '1.2.3.4.5', 'eni-0a', '', '::g', '10.0.0.1/32'])(
    '%j is none',
    (text) => expect(parseAddress(text)).toBeUndefined(),
  )

  it.each([
    ['10.0.0.1', false],
    ['172.31.255.255', false],
    ['172.32.0.0', true],
    ['192.168.1.1', false],
    ['100.64.0.1', false],
    ['100.128.0.1', true],
    ['169.254.169.254', false],
    ['8.8.8.8', true],
    ['fd00::1', false],
    ['fe80::1', false],
    ['2600:1f18::1', true],
  ])('%s is public: %s', (text, expected) => expect(isPublic(parseAddress(text) ?? 0)).toBe(expected))
})

describe('CIDR blocks', () => {
  it.each([
    ['10.0.1.0/24', '10.0.1.0', '10.0.1.255'],
    ['10.0.1.77/24', '10.0.1.0', '10.0.1.255'],
    ['0.0.0.0/0', '0.0.0.0', '255.255.255.255'],
    ['255.255.255.255/32', '255.255.255.255', '255.255.255.255'],
    ['2600:1f18::/32', '2600:1f18::', '2600:1f18:ffff:ffff:ffff:ffff:ffff:ffff'],
  ])('%s reaches from %s to %s', (text, from, to) => {
    const range = parseCidr(text)?.range
    expect(range && [formatAddress(range.from), formatAddress(range.to)]).toEqual([from, to])
  })

  it.each(['10.0.0.0', '10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/', '/8', 'pl-1', '::/129'])(
    '%j is none',
    (text) => expect(parseCidr(text)).toBeUndefined(),
  )
})
