/** How far a collection is: a spinner on a terminal, and with `--log-level debug` every call in a line. */
import ora from 'ora'
import type { CollectOptions } from '../shared/snapshot/collect/index.ts'
import type { LiveOptions } from './live-options.ts'

export interface RunningProgress {
  readonly collectOptions: Pick<CollectOptions, 'onProgress' | 'onDone'>
  readonly stop: () => void
}

export function startProgress({ quiet, logLevel }: LiveOptions): RunningProgress {
  const debug = logLevel === 'debug'
  const shown = process.stderr.isTTY === true && !quiet && !debug && logLevel !== 'error'
  const spinner = ora({ text: 'asking AWS', stream: process.stderr, isSilent: !shown }).start()
  const log = (text: string) => {
    if (debug) process.stderr.write(`${text}\n`)
  }
  return {
    collectOptions: {
      onProgress: ({ calls, command }) => {
        const operation = command.replace(/Command$/, '')
        spinner.text = `asking AWS: call ${calls}, ${operation}`
        log(`call ${calls}: ${operation}`)
      },
      onDone: ({ calls }) => log(`collected with ${calls} calls`),
    },
    stop: () => spinner.stop(),
  }
}
