/** What is said of an end, and is not known before the question. */
import { type Address, formatAddress } from '../../network/address.ts'
import type { Inside } from '../layers.ts'
import { newShort, type Short, setShort } from './page.ts'

/** An end with the id of its interface, as it was just read. */
export interface Named extends Inside {
  readonly id: string
}

export interface EndTexts {
  readonly id: Short
  readonly text: Short
  readonly subnetId: Short
}

export const newEndTexts = (): EndTexts => ({ id: newShort(), text: newShort(), subnetId: newShort() })

/** @returns whether all of it is plain */
export const setTexts = ({ id, text, subnetId }: EndTexts, { nic, address, id: name }: Named): boolean =>
  setShort(id, name) && setAddress(text, address) && setShort(subnetId, nic.subnetId ?? '')

/** Always plain. */
function setAddress(short: Short, address: Address): boolean {
  if (typeof address === 'bigint') return setShort(short, formatAddress(address))
  let length = putDigits(short.bytes, 0, address >>> 24)
  for (let shift = 16; shift >= 0; shift -= 8) {
    short.bytes[length] = DOT
    length = putDigits(short.bytes, length + 1, (address >>> shift) & 0xff)
  }
  short.length = length
  return true
}

const DOT = 0x2e
const ZERO = 0x30

/** @returns where they end */
function putDigits(bytes: Uint8Array, start: number, octet: number): number {
  let at = start
  if (octet >= 100) bytes[at++] = ZERO + ((octet / 100) | 0)
  if (octet >= 10) bytes[at++] = ZERO + (((octet / 10) | 0) % 10)
  bytes[at++] = ZERO + (octet % 10)
  return at
}
