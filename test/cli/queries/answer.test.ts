import { describe, expect, test } from 'vitest'
import { answerQueries } from '../../../cli/queries/answer.ts'
import type { Teller } from '../../../cli/queries/teller.ts'
import { ndjson } from '../../../cli/render/ndjson.ts'
import type { Query } from '../../../shared/explain.ts'
import { InputError } from '../../../shared/input-error.ts'
import type { Explanation } from '../../../shared/reachability/result.ts'
import { newDesk, putText } from '../../../shared/reachability/text/page.ts'
import { blockedPath, openPath } from '../../fixtures/answers/bakery.ts'

const options = { colour: false, width: 100 }

/** The door is open for everybody but the cat; nobody has heard of Mars. */
function explain({ from, to }: Query): Explanation {
  if (to === 'mars') throw new InputError('to: mars is not in the snapshot')
  return { ...(from === 'cat' ? blockedPath : openPath), flow: { ...openPath.flow, source: from } }
}

const tell: Teller['tell'] = (query, page) => {
  const explanation = explain(query)
  putText(page, ndjson.answers.answer(explanation, options))
  return explanation.verdict
}

const teller = (): Teller => ({ desk: newDesk(), tell })

async function* inBatches(...batches: readonly (readonly string[])[]): AsyncGenerator<readonly string[]> {
  yield* batches
}

async function ask(...batches: readonly (readonly string[])[]) {
  const pieces: string[] = []
  const write = async (piece: Uint8Array) => {
    pieces.push(Buffer.from(piece).toString())
  }
  const tally = await answerQueries(inBatches(...batches), teller(), ndjson.answers, options, write)
  const lines = pieces
    .join('')
    .split('\n')
    .filter((line) => line !== '')
  return { tally, pieces, results: lines.map((line) => JSON.parse(line)) }
}

const question = (from: string, to = 'door') => JSON.stringify({ from, to, port: 8000 })

describe('a queries file', () => {
  test('is answered in order', async () => {
    const { results, tally } = await ask([question('anna'), question('cat')], [question('ben')])
    expect(results.map(({ flow, verdict }) => [flow.source, verdict])).toEqual([
      ['anna', 'reachable'],
      ['cat', 'blocked'],
      ['ben', 'reachable'],
    ])
    expect(tally).toEqual({ total: 3, bad: 0, firstBad: 0, verdicts: new Set(['reachable', 'blocked']) })
  })

  test('a bad line gives an error in its place and the rest goes on', async () => {
    const { results, tally } = await ask(
      [question('anna'), '{bread', question('ben', 'mars')],
      ['', question('cat')],
    )
    expect(results.map(({ line, error, verdict }) => ({ line, error, verdict }))).toEqual([
      { verdict: 'reachable' },
      { line: 2, error: expect.stringMatching(/^not JSON: /) },
      { line: 3, error: 'to: mars is not in the snapshot' },
      { verdict: 'blocked' },
    ])
    expect(tally).toMatchObject({ total: 4, bad: 2, firstBad: 2 })
  })

  test.each([
    { line: '{"to":"door"}', error: 'from: ' },
    { line: '{"from":"anna","to":7}', error: 'to: ' },
    { line: '{"from":"anna","to":"door","ports":[80]}', error: 'ports' },
    { line: '{"from":"anna","to":"door","port":{}}', error: 'port: ' },
    { line: '{"from":null,"to":"door"}', error: 'from: ' },
    { line: '["anna","door"]', error: 'expected object' },
    { line: 'null', error: 'expected object' },
  ])('$line is refused by name', async ({ line, error }) => {
    const { results } = await ask([line])
    expect(results).toEqual([{ line: 1, error: expect.stringContaining(error) }])
  })

  test('empty lines are counted and not answered', async () => {
    const { results } = await ask(['', '  ', '{bread', '\r'])
    expect(results).toEqual([{ line: 3, error: expect.any(String) }])
  })

  test('null stands for what a program leaves out, and a byte order mark for nothing', async () => {
    const nulls = { from: 'anna', to: 'door', protocol: null, port: null, sourcePort: null }
    const { results } = await ask([`\uFEFF${question('cat')}\r`, JSON.stringify(nulls)])
    expect(results.map(({ verdict }) => verdict)).toEqual(['blocked', 'reachable'])
  })

  test('an empty file gives no answer', async () => {
    expect((await ask()).results).toEqual([])
  })

  test('is written in few pieces, none of them large', async () => {
    const { pieces, results } = await ask(Array(5000).fill(question('anna')))
    expect(results).toHaveLength(5000)
    expect(pieces.length).toBeLessThan(20)
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(1_200_000)
  })

  test('what came together is answered before more is awaited', async () => {
    const { pieces } = await ask([question('anna')], [question('ben'), question('cat')])
    expect(pieces.map((piece) => piece.split('\n').length - 1)).toEqual([1, 2, 0])
  })

  test('is not read further than the reader takes answers', async () => {
    let read = 0
    async function* endless(): AsyncGenerator<readonly string[]> {
      for (; read < 1000; read += 1) yield Array(100).fill(question('anna'))
    }
    let taken = 0
    const stalled = new Promise<void>(() => {})
    const write = () => {
      taken += 1
      return taken < 3 ? Promise.resolve() : stalled
    }
    void answerQueries(endless(), teller(), ndjson.answers, options, write)
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(taken).toBe(3)
    expect(read).toBeLessThan(50)
  })
})

test('an answer longer than a page comes whole, and so does what follows', async () => {
  const cake = 'ü🥐'.repeat(1_000_000)
  const { results } = await ask([question('anna'), question(cake), question('ben')])
  expect(results.map(({ flow }) => flow.source)).toEqual(['anna', cake, 'ben'])
})

test('a byte order mark and carriage returns of the file are no part of the questions', async () => {
  const { results, tally } = await ask([`\ufeff${question('anna')}\r`, '\r', `${question('ben')}\r`])
  expect(results.map(({ flow }) => flow.source)).toEqual(['anna', 'ben'])
  expect(tally.bad).toBe(0)
})

test('what differs from the last question beside its ends is looked at anew', async () => {
  const { results, tally } = await ask([
    question('anna'),
    question('ben'),
    JSON.stringify({ from: 'ben', to: 'door', port: 8000, colour: 'red' }),
    JSON.stringify({ from: 'ben', to: 5, port: 8000 }),
    JSON.stringify({ from: 'ben', to: 'door', port: true }),
    'null',
    question('cat'),
  ])
  expect(results.map(({ verdict, error }) => verdict ?? error)).toEqual([
    'reachable',
    'reachable',
    'Unrecognized key: "colour"',
    'to: Invalid input: expected string, received number',
    'port: Invalid input',
    'Invalid input: expected object, received null',
    'blocked',
  ])
  expect(tally.bad).toBe(4)
})
