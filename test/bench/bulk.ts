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
  /** A second on the clock: the best round, and the first, in which most is put into text. */
  readonly answers: number
  readonly first: number
  /** Of each answer. */
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
    const rounds: Omit<Bulk, 'first'>[] = []
    for (let round = 0; round < ROUNDS; round++)
      rounds.push(await answerAll(questions, join(folder, 'answers.ndjson'), teller))
    const rates = rounds.map(({ answers }) => answers)
    return { answers: Math.max(...rates), first: rates[0] ?? 0, bytes: rounds[0]?.bytes ?? 0 }
  } finally {
    await rm(folder, { recursive: true })
  }
}

const lineOf = ([from, to]: Pair): string =>
  `${JSON.stringify({ from: from.nic.id, to: to.nic.id, protocol: 'tcp', port: PORT, sourcePort: '1024-65535' })}\n`

async function answerAll(questions: string, answers: string, teller: Teller): Promise<Omit<Bulk, 'first'>> {
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
      // At once: `writeFile` would come back for each half of a MiB.
      await file.write(piece)
    },
  )
  const seconds = (performance.now() - start) / 1000
  await file.close()
  return { answers: total / seconds, bytes: bytes / total }
}
