/** `hca explain --queries FILE`, as the command runs it, in this process: from one real file to another. */
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { answerQueries } from '../../cli/queries/answer.ts'
import { openQueries } from '../../cli/queries/open.ts'
import { type Teller, tellerFor } from '../../cli/queries/teller.ts'
import { ndjson } from '../../cli/render/ndjson.ts'
import { type Network, type Pair, PORT } from './pairs.ts'

export interface Bulk {
  /** A second on the clock, and bytes of each. */
  readonly answers: number
  readonly bytes: number
}

/** The first rounds put into text what the others say again. */
const ROUNDS = 4
const OPTIONS = { colour: false, width: 100 }

export async function measureBulk(network: Network, pairs: readonly Pair[]): Promise<Bulk> {
  const folder = await mkdtemp(join(tmpdir(), 'hca-bench-'))
  try {
    const questions = join(folder, 'questions.ndjson')
    await writeFile(questions, pairs.map(lineOf).join(''))
    const teller = tellerFor(network, ndjson.answers, OPTIONS)
    let best: Bulk = { answers: 0, bytes: 0 }
    for (let round = 0; round < ROUNDS; round++) {
      const one = await answerAll(questions, join(folder, 'answers.ndjson'), teller)
      if (one.answers > best.answers) best = one
    }
    return best
  } finally {
    await rm(folder, { recursive: true })
  }
}

const lineOf = ([from, to]: Pair): string =>
  `${JSON.stringify({ from: from.nic.id, to: to.nic.id, protocol: 'tcp', port: PORT, sourcePort: '1024-65535' })}\n`

async function answerAll(questions: string, answers: string, teller: Teller): Promise<Bulk> {
  const file = await open(answers, 'w')
  let bytes = 0
  const start = performance.now()
  const { total } = await answerQueries(
    await openQueries(questions),
    teller,
    ndjson.answers,
    OPTIONS,
    async (piece) => {
      bytes += piece.length
      await file.writeFile(piece)
    },
  )
  const seconds = (performance.now() - start) / 1000
  await file.close()
  return { answers: total / seconds, bytes: bytes / total }
}
