/** Who is called what afterwards: the same input gives the same output within one redaction. */
import { createHmac } from 'node:crypto'
import { type ReplaceAddress, replaceAddresses } from './addresses.ts'

export interface Pseudonyms {
  readonly address: ReplaceAddress
  readonly account: (id: string) => string
  /** `web` -> `name-7`, counted in the order of appearance. */
  readonly name: (name: string) => string
  /** Hexadecimal digits stay as many hexadecimal digits; hyphens and other separators stay where they are. */
  readonly hex: (digits: string) => string
  /** Was this name replaced already? Then it is one in free text too. */
  readonly knows: (name: string) => boolean
}

/** @param key makes the result unlike that of every other redaction; without it nobody can undo this one */
export function createPseudonyms(key: Uint8Array): Pseudonyms {
  const names = new Map<string, string>()
  const derive = (kind: string, text: string) =>
    createHmac('sha256', key).update(`${kind}/${text}`).digest('hex')
  return {
    address: remembered(replaceAddresses(key)),
    account: (id) => (BigInt(`0x${derive('account', id)}`) % 10n ** 12n).toString().padStart(12, '0'),
    hex: remembered((digits) => {
      const source = derive('hex', digits).repeat(Math.ceil(digits.length / 64))
      let at = 0
      return digits.replace(/[\da-f]/gi, () => source[at++] ?? '0')
    }),
    knows: (name) => names.has(name),
    name: (name) => {
      const known = names.get(name) ?? `name-${names.size + 1}`
      names.set(name, known)
      return known
    },
  }
}

/** Ids and addresses are repeated all over a snapshot. */
function remembered(replace: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>()
  return (text) => {
    const result = known.get(text) ?? replace(text)
    known.set(text, result)
    return result
  }
}
