/**
 * Small accounts and the sample incidents with something not told: no answer may get better by it, and what
 * is not told is never taken for what is not there.
 * HCA_SEED repeats a run, HCA_MUTANTS makes it longer or shorter.
 */
import { describe, expect, it } from 'vitest'
import { randomOf } from '../bench/random.ts'
import { type Answers, answersOf, samples, small } from './answers.ts'
import { placesOf } from './mutants.ts'
import { leavable, poorerThan, saysNone, shuffled } from './poorer.ts'
import { refusable } from './refusable.ts'
import { breath, watched } from './watchdog.ts'

const seed = Number(process.env.HCA_SEED ?? Date.now() % 2 ** 31)
const MUTANTS = Number(process.env.HCA_MUTANTS ?? 5000)

/** How much an answer lets pass; what is not known or refused lets nothing pass. */
const PASSES = { refused: 0, unknown: 0, blocked: 0, partial: 1, reachable: 2 } as const

const subjects = [...small, ...samples].map((subject) => ({
  ...subject,
  mutants: Math.ceil(MUTANTS * subject.share),
}))

/** Of what has not failed yet it is enough that the audit does not call it over. */
const fallsSilent = (before: Answers, after: Answers): boolean =>
  after.code === 0 && before.code !== 0 && (before.failing || !after.doubtful)

describe.each(subjects)('$name, $mutants times with something not told', (subject) => {
  it(`never gets better (HCA_SEED=${seed})`, {
    timeout: 600_000,
  }, async () => {
    const { text, queries } = subject
    const random = randomOf(seed)
    const coverage = text.includes('"coverage":"selection"') ? 'selection' : 'region'
    const places = shuffled(leavable(placesOf(JSON.parse(text)), coverage), random)
    const before = answersOf(JSON.parse(text), queries)
    for (let n = 0; n < subject.mutants; n += 1) {
      await breath(n)
      const { json, how, place } = poorerThan(text, places[n % places.length] ?? [], random)
      const name = `${subject.name} ${how} (HCA_SEED=${seed})`
      const after = watched(name, () => refusable(() => answersOf(json, queries)))
      if (after === 'refused') continue
      expect(fallsSilent(before, after), `found nothing: ${name}`).toBe(false)
      for (const [i, verdict] of after.verdicts.entries()) {
        const was = before.verdicts[i] ?? 'refused'
        const what = `${JSON.stringify(queries[i])} was ${was}, is ${verdict}: ${name}`
        expect(PASSES[verdict] > PASSES[was], what).toBe(false)
        expect(was === 'reachable' && verdict === 'blocked' && !saysNone(place), what).toBe(false)
      }
    }
  })
})
