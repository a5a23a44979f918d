/** Many questions, answered in order while they are read. */
import type { Query } from '../../shared/explain.ts'
import { querySchema } from '../../shared/query-schema.ts'
import type { Verdict } from '../../shared/reachability/result.ts'
import { PIECE, putText, sizeOf, take } from '../../shared/reachability/text/page.ts'
import type { AnswerStream, RenderOptions } from '../render/renderer.ts'
import type { LineBatches } from './open.ts'
import type { Teller } from './teller.ts'

/** How the questions were answered. */
export interface Tally {
  readonly total: number
  readonly bad: number
  /** The first line that could not be answered, 0 where there is none. */
  readonly firstBad: number
  readonly verdicts: ReadonlySet<Verdict>
}

/**
 * The next piece is told while the reader takes the last.
 * @param write resolves when the reader took the text, which is good until then: a slow reader slows the questions
 */
export async function answerQueries(
  batches: LineBatches,
  { desk, tell }: Teller,
  stream: AnswerStream,
  options: RenderOptions,
  write: (piece: Uint8Array) => Promise<void>,
): Promise<Tally> {
  const tally = { total: 0, bad: 0, firstBad: 0, verdicts: new Set<Verdict>() }
  let [page, next] = desk.pages
  let taken: Promise<void> = Promise.resolve()
  let number = 0
  const parse = queryParser()

  function answerLine(line: string): void {
    try {
      tally.verdicts.add(tell(parse(line), page))
    } catch (error) {
      tally.bad += 1
      if (tally.firstBad === 0) tally.firstBad = number
      putText(page, stream.answer({ line: number, error: (error as Error).message }, options))
    }
  }

  async function turn(): Promise<void> {
    await taken
    taken = write(take(page))
    // Whoever waits for it hears of a failure; until then nobody may.
    taken.catch(() => {})
    const told = page
    page = next
    next = told
  }

  putText(page, stream.open)
  for await (const lines of batches) {
    for (const line of lines) {
      number += 1
      if (line.trim() === '') continue
      if (tally.total > 0) putText(page, stream.separator)
      answerLine(line)
      tally.total += 1
      if (sizeOf(page) >= PIECE) await turn()
    }
    // Who asks line by line gets each answer before the next question.
    if (sizeOf(page) > 0) await turn()
  }
  putText(page, stream.close)
  await turn()
  await taken
  return tally
}

/** Most questions differ from the last in their ends only: what was valid of one is valid of the next. */
function queryParser(): (line: string) => Query {
  let last: Given | undefined
  let valid: Query | undefined
  return (line) => {
    const given = parseJson(line)
    if (valid && last && isAlike(given, last)) return { ...valid, from: given.from, to: given.to }
    valid = parseQuery(given)
    last = given as Given
    return valid
  }
}

type Given = Readonly<Record<keyof Query, unknown>> & { readonly from: string; readonly to: string }

function isAlike(given: unknown, last: Given): given is Given {
  if (typeof given !== 'object' || given === null) return false
  const { from, to, protocol, port, sourcePort, ...more } = given as Partial<Given>
  const isSame = protocol === last.protocol && port === last.port && sourcePort === last.sourcePort
  return isSame && typeof from === 'string' && typeof to === 'string' && Object.keys(more).length === 0
}

function parseQuery(given: unknown): Query {
  const parsed = querySchema.safeParse(given)
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
