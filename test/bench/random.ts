/** A small deterministic random number generator (mulberry32), so that a size and a seed name one snapshot. */
export interface Random {
  /** An integer from 0 up to and without `end`. */
  below(end: number): number
  between(first: number, last: number): number
  pick<T>(list: readonly T[]): T
  hex(digits: number): string
}

export function randomOf(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const below = (end: number) => Math.floor((next() / 2 ** 32) * end)
  return {
    below,
    between: (first, last) => first + below(last - first + 1),
    pick: (list) => list[below(list.length)] as (typeof list)[number],
    hex: (digits) =>
      Array.from({ length: Math.ceil(digits / 8) }, () => next().toString(16).padStart(8, '0'))
        .join('')
        .slice(0, digits),
  }
}
