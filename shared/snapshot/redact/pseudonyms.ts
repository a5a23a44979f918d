/** Who is called what afterwards: the same input gives the same output within one redaction. */
import { createHmac } from 'node:crypto'
import { type ReplaceAddress, replaceAddresses } from './addresses.ts'

export interface Pseudonyms {
  readonly address: ReplaceAddress
  readonly account: (id: string) => string
  /**
   * `web` -> `name-7`, counted in the order of appearance. A pattern such as `web-*` matches afterwards what it matched
   * before, by what stands before its first and after its last wildcard: once it is known, `web-shop` is called
   * `name-3-name-7` and the pattern `name-3-*`. (Of a name in which the two overlap it may say too much.)
   */
  readonly name: (name: string) => string
  /** As many letters and digits; wildcards stay. */
  readonly token: (text: string) => string
  /** Hexadecimal digits stay as many hexadecimal digits; hyphens and other separators stay where they are. */
  readonly hex: (digits: string) => string
  /** Was this name replaced already? Then it is one in free text too. */
  readonly knows: (name: string) => boolean
}

/** @param key makes the result unlike that of every other redaction; without it nobody can undo this one */
export function createPseudonyms(key: Uint8Array): Pseudonyms {
  const derive = (kind: string, text: string) =>
    createHmac('sha256', key).update(`${kind}/${text}`).digest('hex')
  const names = namesWithPatterns()
  return {
    address: remembered(replaceAddresses(key)),
    account: (id) => (BigInt(`0x${derive('account', id)}`) % 10n ** 12n).toString().padStart(12, '0'),
    hex: remembered((digits) => {
      const source = derive('hex', digits).repeat(Math.ceil(digits.length / 64))
      let at = 0
      return digits.replace(/[\da-f]/gi, () => source[at++] ?? '0')
    }),
    token: remembered((text) => {
      let at = 0
      return text.replace(/\w/g, () => derive('token', text)[at++ % 64] ?? '0')
    }),
    ...names,
  }
}

function namesWithPatterns(): Pick<Pseudonyms, 'name' | 'knows'> {
  const counted = new Map<string, string>()
  const starts = new Set<string>()
  const ends = new Set<string>()
  const count = (name: string): string => {
    const known = counted.get(name) ?? `name-${counted.size + 1}`
    counted.set(name, known)
    return known
  }
  const startsOf = (name: string) =>
    [...starts]
      .filter((start) => name.startsWith(start))
      .sort(byLength)
      .map((start) => `${count(`${start}*`)}-`)
      .join('')
  const endsOf = (name: string) =>
    [...ends]
      .filter((end) => name.endsWith(end))
      .sort(byLength)
      .reverse()
      .map((end) => `-${count(`*${end}`)}`)
      .join('')
  const patternOf = ([start = '', wildcards = '', end = '']: readonly string[]) => {
    if (start) starts.add(start)
    if (end) ends.add(end)
    // What stands between two wildcards is lost: such a pattern may match more than it did.
    return startsOf(start) + wildcards.replace(/[^*?]/g, '') + endsOf(end)
  }
  return {
    knows: (name) => counted.has(name),
    name: (name) => {
      const [, ...pattern] = WITH_WILDCARDS.exec(name) ?? []
      if (pattern.length > 0) return patternOf(pattern)
      const bare = name.replace(/-$/, '')
      return startsOf(name) + count(bare) + endsOf(name) + name.slice(bare.length)
    },
  }
}

/** What stands before the first wildcard, up to the last one, and after it. */
const WITH_WILDCARDS = /^([^*?]*)(\*|\?+$|\*.*\*)([^*?]*)$/

const byLength = (a: string, b: string) => a.length - b.length

/** Ids and addresses are repeated all over a snapshot. */
function remembered(replace: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>()
  return (text) => {
    const result = known.get(text) ?? replace(text)
    known.set(text, result)
    return result
  }
}
