/** A loop without end would hold up the test run without a word: a second thread names the case and ends the process. */
import { Worker } from 'node:worker_threads'

/** Far beyond what any case takes on a busy machine. */
const PATIENCE_MS = 120_000

const LENGTH = 4096
const begun = new Int32Array(new SharedArrayBuffer(4))
const name = new Uint8Array(new SharedArrayBuffer(LENGTH))

const watch = `
const { workerData } = require('node:worker_threads')
const { begun, name } = workerData
let last = -1
setInterval(() => {
  const now = Atomics.load(begun, 0)
  if (now === last && now % 2 === 1) {
    process._rawDebug('no answer: ' + Buffer.from(name).toString('utf8').replace(/\\0+$/, ''))
    process.kill(process.pid, 'SIGKILL')
  }
  last = now
}, ${PATIENCE_MS})
`

new Worker(watch, { eval: true, workerData: { begun, name } }).unref()

const encoder = new TextEncoder()

/** Runs one case. What it throws is told with the case's name. */
export function watched<T>(what: string, step: () => T): T {
  name.fill(0)
  encoder.encodeInto(what, name)
  Atomics.add(begun, 0, 1)
  try {
    return step()
  } catch (error) {
    throw new Error(what, { cause: error })
  } finally {
    Atomics.add(begun, 0, 1)
  }
}

/** The test runner wants to be answered now and then. */
export const breath = async (turn: number): Promise<void> => {
  if (turn % 50 === 0) await new Promise((resolve) => setImmediate(resolve))
}
