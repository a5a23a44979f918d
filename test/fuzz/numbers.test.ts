/**
 * Every number of small accounts and of the sample incidents, beyond both ends of what AWS tells: an answer or one clear
 * line, and never a loop without end.
 */
import { describe, expect, it } from 'vitest'
import { answersOf, samples, small } from './answers.ts'
import { holderOf, type Json, type Path, placesOf } from './mutants.ts'
import { refusable } from './refusable.ts'
import { breath, watched } from './watchdog.ts'

const NUMBERS = [-2, -1, 0, 65_535, 65_536, 2 ** 32, Number.MAX_SAFE_INTEGER]
/** What may be a number in words: a health check's port, a rule's priority, a protocol. */
const isNumber = (value: Json | undefined): boolean =>
  typeof value === 'number' || (typeof value === 'string' && /^(?:\d{1,5}|traffic-port)$/.test(value))

describe.each([...small, ...samples])('$name', (subject) => {
  const document = JSON.parse(subject.text) as Json
  const places = new Map(
    placesOf(document).flatMap((place): [string, Path][] => {
      const there = holderOf(document, place)
      return there && isNumber(there[0][there[1]]) ? [[kindOf(place), place]] : []
    }),
  )

  it('answers whatever its numbers are, or says what is wrong with them', { timeout: 600_000 }, async () => {
    expect(places.size).toBeGreaterThan(5)
    let turn = 0
    for (const [kind, place] of places) {
      for (const number of NUMBERS) {
        await breath(turn++)
        const json = withNumber(document, place, number)
        watched(`${subject.name}, ${number} for ${kind}`, () =>
          refusable(() => answersOf(json, subject.queries)),
        )
      }
    }
  })
})

/** One place stands for its like in other items of a list. */
const kindOf = (place: Path): string => place.filter((key) => typeof key === 'string').join(' > ')

function withNumber(document: Json, place: Path, number: number): Json {
  const json = structuredClone(document)
  const [holder, key] = holderOf(json, place) as NonNullable<ReturnType<typeof holderOf>>
  holder[key] = typeof holder[key] === 'string' ? String(number) : number
  return json
}
