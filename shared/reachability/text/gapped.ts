/**
 * JSON text with gaps, which are filled with what differs from one answer to the next. Stored as parts: the length of
 * a stretch of text (two bytes), the text, and the gap behind it (a byte).
 */
import { type Desk, type Page, putShort, putStored, type Short } from './page.ts'

/** Gaps: the id of the sender's subnet, the address of the receiver or of the peer, what is blocked. */
export const SUBNET = 0
export const ADDRESS = 1
export const BLOCKED = 2
export type Gap = typeof SUBNET | typeof ADDRESS | typeof BLOCKED
/** Text follows without a gap. */
const NOTHING = 254
const END = 255

/** What fills them. */
export type Fillings = readonly [subnet: Short, address: Short, blocked: Short]

export type GappedText = readonly (string | Gap)[]

/** Where one is stored. */
export type Stored = number

const encoder = new TextEncoder()
export const encoded = (text: string): Uint8Array => encoder.encode(text)

export function shortOf(text: string): Short {
  const bytes = encoded(text)
  return { bytes, length: bytes.length }
}

const LONGEST = 0xffff

/** @returns undefined where there is no room for it */
export function store(desk: Desk, parts: GappedText): Stored | undefined {
  const words = stretchesOf(parts)
  const start = desk.free
  const size = words.reduce((sum, { text }) => sum + text.length + 3, 0)
  if (start + size > desk.bytes.length) {
    desk.isFull = true
    return undefined
  }
  for (const { text, gap } of words) {
    desk.bytes.writeUInt16LE(text.length, desk.free)
    desk.bytes.set(text, desk.free + 2)
    desk.bytes[desk.free + 2 + text.length] = gap
    desk.free += text.length + 3
  }
  return start
}

interface Words {
  readonly text: Uint8Array
  readonly gap: number
}

function stretchesOf(parts: GappedText): readonly Words[] {
  const words: Words[] = []
  let text = ''
  const add = (gap: number) => {
    const bytes = encoded(text)
    let from = 0
    for (; bytes.length - from > LONGEST; from += LONGEST)
      words.push({ text: bytes.subarray(from, from + LONGEST), gap: NOTHING })
    words.push({ text: bytes.subarray(from), gap })
    text = ''
  }
  for (const part of parts) {
    if (typeof part === 'string') text += part
    else add(part)
  }
  add(END)
  return words
}

export function putGapped(page: Page, stored: Stored, fillings: Fillings): void {
  const { bytes } = page
  for (let at = stored; ; ) {
    const from = at + 2
    const to = from + ((bytes[at] as number) | ((bytes[at + 1] as number) << 8))
    putStored(page, from, to)
    const gap = bytes[to] as number
    if (gap === END) return
    if (gap !== NOTHING) putShort(page, fillings[gap as Gap])
    at = to + 1
  }
}

/** How each hop but the first begins. */
export const startText = (sequence: number): string => `,{"sequence":${sequence},`
