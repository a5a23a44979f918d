/**
 * What a container's exit code says. Above 128 it is 128 plus the signal that ended the process.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
 * https://docs.docker.com/engine/containers/run/#exit-status
 */
const meanings: Readonly<Record<number, string>> = {
  0: 'the process ended by itself, without an error',
  1: 'the application ended with an error',
  2: 'the application or its shell was called wrongly',
  125: 'Docker itself could not run the container',
  126: 'the command was found but cannot be executed: not executable, or built for another architecture',
  127: 'the command or a file it needs was not found in the image',
  134: 'SIGABRT: the process aborted itself',
  137: 'SIGKILL: killed from outside; ECS names no OutOfMemoryError',
  139: 'SIGSEGV: the process accessed memory that is not its own',
  143: 'SIGTERM: it was asked to stop',
  255: 'the application ended with an error outside 0-254',
}

const SIGNALS = 128

export function exitMeaning(code: number): string {
  const known = meanings[code]
  if (known !== undefined) return known
  return code > SIGNALS
    ? `signal ${code - SIGNALS} ended the process`
    : 'the application ended with an error of its own'
}

/** What a container ends with when ECS stops it because of another one: SIGTERM, then SIGKILL. */
export const isFromStopping = (code: number): boolean => code === 0 || code === 137 || code === 143
