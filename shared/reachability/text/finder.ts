/**
 * Interfaces found by their ids, side by side in memory: reading an id's bytes takes fewer steps than following strings.
 * Open addressing: https://en.wikipedia.org/wiki/Open_addressing
 */
import type { Interface } from '../../network/interfaces.ts'
import type { Named } from './end-texts.ts'

/**
 * An interface and its first IPv4 address.
 * @returns undefined where it is not among those that are kept here: too long a name, no such address, or none of the
 *   network's
 */
export type Finder = (id: string) => Named | undefined

/** Of an id, with its length in the last byte: AWS's have 21. */
const ROOM = 32
const LONGEST = ROOM - 1
/** Slots for each interface, so that few have to be looked at. */
const SLACK = 2

export function createFinder(byId: ReadonlyMap<string, Interface>): Finder {
  const kept = [...byId.values()].filter(isKept)
  const mask = 2 ** Math.ceil(Math.log2(SLACK * kept.length + 1)) - 1
  /** Of each slot: the number of an interface and one more, or 0; the hash of its id. */
  const slots = new Int32Array(2 * (mask + 1))
  const bytes = new Uint8Array(ROOM * kept.length)
  const addresses = Uint32Array.from(kept, ({ addresses: [first] }) => Number(first))
  kept.forEach(({ id }, number) => {
    const hash = hashOf(id)
    let slot = hash & mask
    while (slots[2 * slot] !== 0) slot = (slot + 1) & mask
    slots[2 * slot] = number + 1
    slots[2 * slot + 1] = hash
    for (let i = 0; i < id.length; i++) bytes[ROOM * number + i] = id.charCodeAt(i)
    bytes[ROOM * number + LONGEST] = id.length
  })
  return (id) => {
    const hash = hashOf(id)
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = (slots[2 * slot] as number) - 1
      if (number < 0) return undefined
      if (slots[2 * slot + 1] === hash && holds(bytes, ROOM * number, id))
        return { nic: kept[number] as Interface, address: addresses[number] as number, id }
    }
  }
}

const isKept = ({ id, addresses: [first] }: Interface): boolean =>
  typeof first === 'number' && id.length <= LONGEST && ASCII.test(id)

const ASCII = /^[\x20-\x7e]*$/

function hashOf(id: string): number {
  let hash = 0
  for (let i = 0; i < id.length; i++) hash = (Math.imul(hash, 31) + id.charCodeAt(i)) | 0
  // Ids differ in their last digits mostly: let all bits of them count.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return hash ^ (hash >>> 12)
}

function holds(bytes: Uint8Array, begin: number, id: string): boolean {
  if (bytes[begin + LONGEST] !== id.length) return false
  for (let i = 0; i < id.length; i++) if (bytes[begin + i] !== id.charCodeAt(i)) return false
  return true
}
