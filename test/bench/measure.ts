/** Timing and memory, measured the same way for every phase. */

export interface Memory {
  /** Bytes: the most that the process ever held (resident set), and what the heap holds now. */
  readonly peakResident: number
  readonly heap: number
}

/**
 * Milliseconds: for each of several things the median of some rounds, after one that does not count. The things take
 * turns, so that what else runs on the machine burdens all alike.
 */
export function medianTimes<K extends string>(
  rounds: number,
  things: Readonly<Record<K, () => unknown>>,
): Record<K, number> {
  const names = Object.keys(things) as K[]
  const times = Array.from({ length: rounds + 1 }, () => names.map((name) => timeOf(things[name])))
  return Object.fromEntries(
    names.map((name, i) => [name, median(times.slice(1).map((round) => round[i] ?? 0))]),
  ) as Record<K, number>
}

function timeOf(run: () => unknown): number {
  collectGarbage()
  const start = performance.now()
  run()
  return performance.now() - start
}

/**
 * Times a second of one core, the median of several stretches of at least `stretch` milliseconds, after one that does
 * not count. What counts is the processor time of the process, all of its threads together.
 */
export function medianRate(runs: number, stretch: number, batch: () => number): number {
  const rates = Array.from({ length: runs + 1 }, () => {
    const start = processorTime()
    let done = 0
    while (processorTime() - start < stretch) done += batch()
    return (done * 1000) / (processorTime() - start)
  })
  return median(rates.slice(1))
}

/** Milliseconds of one core: the processor time of the process, all of its threads together, whatever else runs. */
export function processorTimeOf(run: () => unknown): number {
  const start = processorTime()
  run()
  return processorTime() - start
}

function processorTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
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

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = sorted[Math.floor(sorted.length / 2)]
  if (middle === undefined) throw new Error('nothing measured')
  return middle
}
