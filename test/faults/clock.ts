/** A clock that does not wait: time goes on to the next thing that somebody waits for. */

export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly iso: () => string
  readonly wait: (milliseconds: number) => Promise<void>
  /** @param action at once begins what it does; what it waits for is waited for on this clock */
  readonly at: (moment: number, action: () => void) => void
  /** Lets everything happen up to the moment. */
  readonly runUntil: (moment: number) => Promise<void>
}

interface Entry {
  readonly moment: number
  /** Of one moment, what was asked for first. */
  readonly turn: number
  readonly action: () => void
}

export function virtualClock(start: string): Clock {
  const heap = entryHeap()
  let now = Date.parse(start)
  let turn = 0
  const at: Clock['at'] = (moment, action) => {
    turn += 1
    heap.push({ moment: Math.max(moment, now), turn, action })
  }
  return {
    now: () => now,
    iso: () => new Date(now).toISOString(),
    wait: (milliseconds) => new Promise((resolve) => at(now + milliseconds, resolve)),
    at,
    async runUntil(moment) {
      for (let next = heap.first(); next && next.moment <= moment; next = heap.first()) {
        heap.pop()
        now = next.moment
        next.action()
        await promisesSettled()
      }
      now = Math.max(now, moment)
    },
  }
}

/** Everything that can go on without the clock has gone on. */
const promisesSettled = () => new Promise<void>((resolve) => setImmediate(resolve))

const isBefore = (a: Entry | undefined, b: Entry | undefined): boolean =>
  a !== undefined && b !== undefined && (a.moment < b.moment || (a.moment === b.moment && a.turn < b.turn))

function entryHeap() {
  const entries: Entry[] = []
  const swap = (a: number, b: number) => {
    const [first, second] = [entries[a], entries[b]]
    if (!first || !second) return
    entries[a] = second
    entries[b] = first
  }
  const rise = (index: number) => {
    const parent = (index - 1) >> 1
    if (index === 0 || !isBefore(entries[index], entries[parent])) return
    swap(index, parent)
    rise(parent)
  }
  const sink = (index: number) => {
    const [left, right] = [2 * index + 1, 2 * index + 2]
    const child = isBefore(entries[right], entries[left]) ? right : left
    if (!isBefore(entries[child], entries[index])) return
    swap(child, index)
    sink(child)
  }
  return {
    first: () => entries[0],
    push(entry: Entry) {
      entries.push(entry)
      rise(entries.length - 1)
    },
    pop() {
      swap(0, entries.length - 1)
      entries.pop()
      sink(0)
    },
  }
}
