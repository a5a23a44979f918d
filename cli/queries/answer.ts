/** Many questions, answered in order while they are read. */
import * as z from 'zod'
import type { Query } from '../../shared/explain.ts'
import type { Explanation, Verdict } from '../../shared/reachability/result.ts'
import type { Answer, AnswerStream, RenderOptions } from '../render/renderer.ts'
import { isBadQuery } from '../render/renderer.ts'
import type { LineBatches } from './open.ts'

/** Written in pieces of at most about this many characters: few system calls, little memory. */
const PIECE = 256 * 1024

/** Programs write null for what they leave out. */
const optional = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => value ?? undefined)
const query = z.strictObject({
  from: z.string(),
  to: z.string(),
  protocol: optional,
  port: optional,
  sourcePort: optional,
})

/** How the questions were answered. */
export interface Tally {
  readonly total: number
  readonly bad: number
  /** The first line that could not be answered, 0 where there is none. */
  readonly firstBad: number
  readonly verdicts: ReadonlySet<Verdict>
}

/** @param write resolves when the reader took the text: a slow reader slows the questions */
export async function answerQueries(
  batches: LineBatches,
  explain: (query: Query) => Explanation,
  stream: AnswerStream,
  options: RenderOptions,
  write: (text: string) => Promise<void>,
): Promise<Tally> {
  const tally = { total: 0, bad: 0, firstBad: 0, verdicts: new Set<Verdict>() }
  let piece = stream.open
  let number = 0
  for await (const lines of batches) {
    for (const line of lines) {
      number += 1
      if (line.trim() === '') continue
      const answer = answerLine(line, number, explain)
      count(tally, answer)
      piece += (tally.total === 1 ? '' : stream.separator) + stream.answer(answer, options)
      if (piece.length < PIECE) continue
      await write(piece)
      piece = ''
    }
    // Who asks line by line gets each answer before the next question.
    if (piece !== '') await write(piece)
    piece = ''
  }
  await write(piece + stream.close)
  return tally
}

function answerLine(line: string, number: number, explain: (query: Query) => Explanation): Answer {
  try {
    return explain(parseQuery(line))
  } catch (error) {
    return { line: number, error: (error as Error).message }
  }
}

function parseQuery(line: string): Query {
  const parsed = query.safeParse(parseJson(line))
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

function count(
  tally: { total: number; bad: number; firstBad: number; verdicts: Set<Verdict> },
  answer: Answer,
): void {
  tally.total += 1
  if (!isBadQuery(answer)) {
    tally.verdicts.add(answer.verdict)
    return
  }
  tally.bad += 1
  if (tally.firstBad === 0) tally.firstBad = answer.line
}
