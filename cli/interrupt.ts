/** Ctrl-C: the run ends with exit code 130, after the work that a command has to wind up. */
import { exitCodes } from './exit-codes.ts'

const windUps: (() => Promise<void>)[] = []

/** Work to be done before an interrupted run ends, such as closing a server; a second Ctrl-C does not wait. */
export function onInterrupt(windUp: () => Promise<void>): void {
  windUps.push(windUp)
}

export function watchInterrupts(): void {
  process.on('SIGINT', async () => {
    const again = process.exitCode === exitCodes.interrupted
    process.exitCode = exitCodes.interrupted
    if (!again) await Promise.allSettled(windUps.map((windUp) => windUp()))
    process.exit()
  })
}
