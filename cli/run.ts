/** One run of `hca`: what happens becomes an exit code, and a failure one line on stderr. */
import { CommanderError } from 'commander'
import { InputError } from '../shared/input-error.ts'
import { plainText } from '../shared/render/plain-text.ts'
import { exitCodes } from './exit-codes.ts'
import { watchInterrupts } from './interrupt.ts'
import { createProgram } from './program.ts'

/**
 * Commands set `process.exitCode` where it is not 0. The process ends by itself, so that stdout is flushed.
 * @param args the words behind `hca`
 */
export async function run(args: readonly string[]): Promise<void> {
  const fail = (error: unknown) => {
    process.exitCode = exitCodes.failed
    process.stderr.write(`hca: ${failureText(error, args)}\n`)
  }
  guardProcess(fail)
  watchInterrupts()
  try {
    await createProgram().parseAsync(args.length === 0 ? ['--help'] : args, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError && error.exitCode === 0)) fail(error)
  }
}

function guardProcess(fail: (error: unknown) => void): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // The reader has seen enough (`| head`): not a failure, and nobody is left to write to.
    if (error.code !== 'EPIPE') fail(error)
    process.exit()
  })
  process.stderr.on('error', () => process.exit())
  process.on('uncaughtException', (error) => {
    fail(error)
    process.exit()
  })
}

function failureText(error: unknown, args: readonly string[]): string {
  if (error instanceof CommanderError) return usageText(error.message)
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof InputError) return plainText(message)
  if (debugs(args)) return error instanceof Error ? (error.stack ?? message) : message
  const name = error instanceof Error && error.name !== 'Error' ? `${error.name}: ` : ''
  return `${plainText(name + message)} (--log-level debug shows where)`
}

/** Commander's message in one line, with the way to the help. */
function usageText(message: string): string {
  const text = plainText(message.replace(/^error: /, ''))
  return `${text.replace(/[.]?$/, '.')} See: hca --help`
}

/** Read from the words themselves: they may be wrong in another place. */
const debugs = (args: readonly string[]): boolean =>
  args.some(
    (word, at) => word === '--log-level=debug' || (word === '--log-level' && args[at + 1] === 'debug'),
  )
