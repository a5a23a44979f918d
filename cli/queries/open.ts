import { open } from 'node:fs/promises'
import { InputError } from '../../shared/input-error.ts'
import { fileProblem } from '../read-file.ts'

/** Far more than a question needs: what is longer is no file of lines. */
const MAX_LINE = 1_000_000

/** Of a file, some thousand questions at a time: what was answered is written after each. */
const CHUNK = 1024 * 1024

/** The lines of a file or of stdin (`-`), in the batches in which they come. Memory stays bounded. */
export type LineBatches = AsyncIterable<readonly string[]>

/** @throws InputError when the file cannot be opened, and while iterating when it cannot be read. */
export async function openQueries(file: string): Promise<LineBatches> {
  if (file === '-') return lineBatches(process.stdin.setEncoding('utf8'), 'queries from stdin')
  const name = `queries ${file}`
  const handle = await open(file).catch((error) => {
    throw new InputError(`${name}: ${fileProblem(error)}`)
  })
  return lineBatches(handle.createReadStream({ encoding: 'utf8', highWaterMark: CHUNK }), name)
}

async function* lineBatches(chunks: AsyncIterable<string>, name: string): AsyncGenerator<readonly string[]> {
  let rest = ''
  try {
    for await (const chunk of chunks) {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      if (rest.length > MAX_LINE) throw new InputError(`a line is longer than ${MAX_LINE} characters`)
      yield lines
    }
  } catch (error) {
    throw new InputError(`${name}: ${fileProblem(error as NodeJS.ErrnoException)}`)
  }
  if (rest !== '') yield [rest]
}
