/** A growing array of 32-bit words: many small lists side by side in memory, read without following pointers. */
export interface Words {
  list: Uint32Array
  used: number
}

const FIRST_CAPACITY = 1024

export const newWords = (): Words => ({ list: new Uint32Array(FIRST_CAPACITY), used: 0 })

/** @returns where the added words begin */
export function append(words: Words, added: readonly number[]): number {
  const begin = words.used
  const end = begin + added.length
  if (end > words.list.length) {
    const larger = new Uint32Array(Math.max(end, 2 * words.list.length))
    larger.set(words.list)
    words.list = larger
  }
  words.list.set(added, begin)
  words.used = end
  return begin
}

/**
 * The last of `count` ascending words, `begin` on and `stride` apart, that is not above `key`.
 * @returns its place among them, -1 where all are above
 */
export function lastUpTo(
  list: Uint32Array,
  begin: number,
  count: number,
  stride: 1 | 2,
  key: number,
): number {
  let low = 0
  let high = count - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    if ((list[begin + stride * middle] as number) <= key) low = middle + 1
    else high = middle - 1
  }
  return high
}
