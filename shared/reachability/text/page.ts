/**
 * Where answers are written, one behind the other, as UTF-8, until they are taken away. Two pages, to write on one
 * while the other is read, and a store of what is said again and again. They lie in the same bytes, since copying
 * within them makes no objects, and what was stored together is read together.
 */

/** Taken away in pieces of about this many bytes: few system calls, little memory. */
export const PIECE = 1024 * 1024
const ROOM = 2 * PIECE
/** Takes up memory only as far as it is used. */
const STORE = 96 * PIECE
/** A character takes no more bytes than this. */
const WIDEST = 3

export interface Desk {
  readonly bytes: Buffer
  readonly pages: readonly [Page, Page]
  /** Where the store begins. */
  readonly store: number
  /** Where the next text is stored. */
  free: number
  /** Something could not be stored. */
  isFull: boolean
}

export interface Page {
  readonly bytes: Buffer
  readonly start: number
  readonly limit: number
  end: number
  /** Something was left out, for which there was no room. */
  isFull: boolean
  /** What was written before and is too long for a page. */
  longer: Buffer[]
}

/** @param room for a page, in bytes @param store the same */
export function newDesk(room = ROOM, store = STORE): Desk {
  const bytes = Buffer.from(new ArrayBuffer(2 * room + store))
  const pages = [newPage(bytes, 0, room), newPage(bytes, room, 2 * room)] as const
  return { bytes, pages, store: 2 * room, free: 2 * room, isFull: false }
}

/** All that was stored is forgotten. */
export function clearStore(desk: Desk): void {
  desk.free = desk.store
  desk.isFull = false
}

const newPage = (bytes: Buffer, start: number, limit: number): Page => ({
  bytes,
  start,
  limit,
  end: start,
  isFull: false,
  longer: [],
})

/** How many bytes are written. */
export const sizeOf = ({ start, end, longer }: Page): number =>
  end - start + longer.reduce((sum, { length }) => sum + length, 0)

/** What is written, good until more is written. */
export function take(page: Page): Uint8Array {
  const { bytes, start, end, longer } = page
  const taken = bytes.subarray(start, end)
  page.end = start
  page.longer = []
  return longer.length === 0 ? taken : Buffer.concat([...longer, taken])
}

export function putText(page: Page, text: string): void {
  if (hasRoom(page, WIDEST * text.length)) page.end += page.bytes.write(text, page.end)
  else page.longer = [Buffer.from(take(page)), Buffer.from(text)]
}

/** The same below: what there is no room for is left out. */
export function put(page: Page, bytes: Uint8Array): void {
  if (!makeRoom(page, bytes.length)) return
  page.bytes.set(bytes, page.end)
  page.end += bytes.length
}

/** A few bytes: written one by one they are there sooner than copied. */
export function putShort(page: Page, { bytes, length }: Short): void {
  if (!makeRoom(page, length)) return
  const { bytes: all, end } = page
  for (let i = 0; i < length; i++) all[end + i] = bytes[i] as number
  page.end = end + length
}

/** @param from where it is stored */
export function putStored(page: Page, from: number, to: number): void {
  if (!makeRoom(page, to - from)) return
  page.bytes.copyWithin(page.end, from, to)
  page.end += to - from
}

/** Writes over what is there, from `start` to `end`, by as much or more. */
export function replace(page: Page, start: number, end: number, bytes: Uint8Array): void {
  const more = bytes.length - (end - start)
  if (!makeRoom(page, more)) return
  if (more !== 0) page.bytes.copyWithin(end + more, end, page.end)
  page.bytes.set(bytes, start)
  page.end += more
}

const hasRoom = ({ end, limit }: Page, length: number): boolean => end + length <= limit

function makeRoom(page: Page, length: number): boolean {
  if (hasRoom(page, length)) return true
  page.isFull = true
  return false
}

/** An id or an address, kept as bytes from one writing to the next. */
export interface Short {
  bytes: Uint8Array
  length: number
}

export const newShort = (): Short => ({ bytes: new Uint8Array(64), length: 0 })

/** @returns whether it is plain: JSON writes all of it as it is, a byte a character */
export function setShort(short: Short, text: string): boolean {
  const { length } = text
  if (length > short.bytes.length) short.bytes = new Uint8Array(2 * length)
  const { bytes } = short
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x20 || code > 0x7e || code === QUOTE || code === BACKSLASH) return false
    bytes[i] = code
  }
  short.length = length
  return true
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
