/** Many questions, answered in order while they are read. */
import type { Query } from '../../shared/explain.ts'
import { querySchema } from '../../shared/query-schema.ts'
import type { Verdict } from '../../shared/reachability/result.ts'
import type { AnswerStream, RenderOptions } from '../render/renderer.ts'
import type { LineBatches } from './open.ts'
import { newPage, PIECE } from './page.ts'

/** How the questions were answered. */
export interface Tally {
  readonly total: number
  readonly bad: number
  /** The first line that could not be answered, 0 where there is none. */
  readonly firstBad: number
  readonly verdicts: ReadonlySet<Verdict>
}

/** An answer as it is written. */
export interface Told {
  readonly verdict: Verdict
  readonly text: string
}

/**
 * The next piece is told while the reader takes the last.
 * @param write resolves when the reader took the text, which is good until then: a slow reader slows the questions
 */
export async function answerQueries(
  batches: LineBatches,
  tell: (query: Query) => Told,
  stream: AnswerStream,
  options: RenderOptions,
  write: (piece: Uint8Array) => Promise<void>,
): Promise<Tally> {
  const tally = { total: 0, bad: 0, firstBad: 0, verdicts: new Set<Verdict>() }
  let page = newPage()
  let next = newPage()
  let taken: Promise<void> = Promise.resolve()
  let number = 0

  function answerLine(line: string): string {
    try {
      const { verdict, text } = tell(parseQuery(line))
      tally.verdicts.add(verdict)
      return text
    } catch (error) {
      tally.bad += 1
      if (tally.firstBad === 0) tally.firstBad = number
      return stream.answer({ line: number, error: (error as Error).message }, options)
    }
  }

  async function turn(): Promise<void> {
    await taken
    taken = write(page.take())
    // Whoever waits for it hears of a failure; until then nobody may.
    taken.catch(() => {})
    const told = page
    page = next
    next = told
  }

  page.add(stream.open)
  for await (const lines of batches) {
    for (const line of lines) {
      number += 1
      if (line.trim() === '') continue
      if (tally.total > 0) page.add(stream.separator)
      page.add(answerLine(line))
      tally.total += 1
      if (page.size() >= PIECE) await turn()
    }
    // Who asks line by line gets each answer before the next question.
    if (page.size() > 0) await turn()
  }
  page.add(stream.close)
  await turn()
  await taken
  return tally
}

function parseQuery(line: string): Query {
  const parsed = querySchema.safeParse(parseJson(line))
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(
    ({ path, message }) => `${path.map((at) => `${String(at)}: `).join('')}${message}`,
  )
  throw new Error(problems.join('; '))
}

function parseJson(line: string): unknown {
  try {
    // Trimmed of a byte order mark as well, which the first line may begin with.
    return JSON.parse(line.trim())
  } catch (error) {
    throw new Error(`not JSON: ${(error as Error).message}`)
  }
}
