/**
 * Broken relatives of small accounts and of the sample incidents: nothing may be thrown but one clear line (InputError).
 * HCA_SEED repeats a run, HCA_MUTANTS makes it longer or shorter.
 */
import { describe, expect, it } from 'vitest'
import { randomOf } from '../bench/random.ts'
import { answersOf, samples, small } from './answers.ts'
import { mutantOf, placesOf } from './mutants.ts'
import { refusable } from './refusable.ts'
import { breath, watched } from './watchdog.ts'

const seed = Number(process.env.HCA_SEED ?? Date.now() % 2 ** 31)
const MUTANTS = Number(process.env.HCA_MUTANTS ?? 5000)

const subjects = [...small, ...samples].map((subject) => ({
  ...subject,
  mutants: Math.ceil(MUTANTS * subject.share),
}))

const count = { refused: 0, answered: 0 }

describe.each(subjects)('$name, broken in $mutants ways', (subject) => {
  it(`never breaks the engine (HCA_SEED=${seed})`, {
    timeout: 600_000,
  }, async () => {
    const random = randomOf(seed)
    const places = placesOf(JSON.parse(subject.text))
    for (let n = 0; n < subject.mutants; n += 1) {
      await breath(n)
      const { json, how } = mutantOf(subject.text, places, random)
      const answers = watched(`${subject.name}, ${how} (HCA_SEED=${seed})`, () =>
        refusable(() => answersOf(json, subject.queries)),
      )
      count[answers === 'refused' ? 'refused' : 'answered'] += 1
    }
  })
})

it('some of them are snapshots still, and some are not', () => {
  expect(Math.min(count.refused, count.answered)).toBeGreaterThan(MUTANTS / 10)
})
