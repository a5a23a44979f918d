/**
 * JSON text with gaps, which are filled with what differs from one answer to the next. Stored as parts: the length of
 * a stretch of text (two bytes), the text, and the gap behind it (a byte).
 */
import { type Desk, type Page, putShort, putStored, type Short } from './page.ts'

/** Gaps: the id of the sender's subnet, the address of the receiver or of the peer, what is blocked. */
export const SUBNET = 0
export const ADDRESS = 1
export const BLOCKED = 2
/** Filled with stored text: the groups that filter as a component, and by their names. */
export const COMPONENT = 3
export const NAMES = 4
export type Gap = typeof SUBNET | typeof ADDRESS | typeof BLOCKED | typeof COMPONENT | typeof NAMES
/** Text follows without a gap. */
const NOTHING = 254
const END = 255

/** What fills those that are filled with what is not stored. */
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
  const start = desk.free
  let text = ''
  for (const part of parts) {
    if (typeof part === 'string') text += part
    else {
      storeStretch(desk, text, part)
      text = ''
    }
  }
  storeStretch(desk, text, END)
  if (!desk.isFull) return start
  desk.free = start
  return undefined
}

/** Of text and the length before it. */
const LENGTH = 2
const GAP = 1

function storeStretch(desk: Desk, text: string, gap: number): void {
  const length = Buffer.byteLength(text)
  if (length > LONGEST) storeLong(desk, text, gap)
  else if (takeRoom(desk, length)) {
    desk.bytes.write(text, desk.free - length - GAP)
    endStretch(desk, length, gap)
  }
}

function storeLong(desk: Desk, text: string, gap: number): void {
  const bytes = encoded(text)
  for (let from = 0; from < bytes.length; from += LONGEST) {
    const part = bytes.subarray(from, from + LONGEST)
    if (!takeRoom(desk, part.length)) return
    desk.bytes.set(part, desk.free - part.length - GAP)
    endStretch(desk, part.length, from + LONGEST < bytes.length ? NOTHING : gap)
  }
}

function takeRoom(desk: Desk, length: number): boolean {
  const end = desk.free + LENGTH + length + GAP
  desk.isFull ||= end > desk.bytes.length
  if (!desk.isFull) desk.free = end
  return !desk.isFull
}

function endStretch({ bytes, free }: Desk, length: number, gap: number): void {
  bytes.writeUInt16LE(length, free - GAP - length - LENGTH)
  bytes[free - GAP] = gap
}

/** @param groups where the texts are stored that fill COMPONENT and NAMES */
export function putGapped(page: Page, stored: Stored, fillings: Fillings, groups?: GroupsText): void {
  const { bytes } = page
  for (let at = stored; ; ) {
    const from = at + LENGTH
    const to = from + ((bytes[at] as number) | ((bytes[at + 1] as number) << 8))
    putStored(page, from, to)
    const gap = bytes[to] as number
    if (gap === END) return
    if (gap < COMPONENT) putShort(page, fillings[gap as 0 | 1 | 2])
    else if (gap !== NOTHING && groups)
      putGapped(page, gap === NAMES ? groups.names : groups.component, fillings)
    at = to + GAP
  }
}

/** Where the texts of a set of groups are stored. */
export interface GroupsText {
  readonly component: Stored
  readonly names: Stored
}

/** How each hop but the first begins. */
export const startText = (sequence: number): string => `,{"sequence":${sequence},`
