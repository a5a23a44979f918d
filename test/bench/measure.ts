/** Timing and memory, measured the same way for every phase. */

export interface Memory {
  /** Bytes: the most that the process ever held (resident set), and what the heap holds now. */
  readonly peakResident: number
  readonly heap: number
}

/** Milliseconds: the median of several runs, after one that does not count. */
export function medianTime(runs: number, run: () => unknown): number {
  run()
  const times = Array.from({ length: runs }, () => {
    collectGarbage()
    const start = performance.now()
    run()
    return performance.now() - start
  })
  return median(times)
}

/** Times a second, the median of several stretches of at least `stretch` milliseconds, after one that does not count. */
export function medianRate(runs: number, stretch: number, batch: () => number): number {
  const rates = Array.from({ length: runs + 1 }, () => {
    const start = performance.now()
    let done = 0
    while (performance.now() - start < stretch) done += batch()
    return (done * 1000) / (performance.now() - start)
  })
  return median(rates.slice(1))
}

export function memoryNow(): Memory {
  const KILOBYTE = 1024
  return { peakResident: process.resourceUsage().maxRSS * KILOBYTE, heap: process.memoryUsage().heapUsed }
}

/** @throws Error without `node --expose-gc`: what earlier runs left behind would be measured too */
export function collectGarbage(): void {
  if (!globalThis.gc) throw new Error('run with node --expose-gc')
  globalThis.gc()
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = sorted[Math.floor(sorted.length / 2)]
  if (middle === undefined) throw new Error('nothing measured')
  return middle
}
