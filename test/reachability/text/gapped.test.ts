import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  ADDRESS,
  BLOCKED,
  COMPONENT,
  type Fillings,
  type GappedText,
  type GroupsText,
  NAMES,
  putGapped,
  SUBNET,
  shortOf,
  store,
} from '../../../shared/reachability/text/gapped.ts'
import {
  clearStore,
  type Desk,
  newDesk,
  put,
  putText,
  replace,
  sizeOf,
  take,
} from '../../../shared/reachability/text/page.ts'

const words = [
  'subnet-kitchen',
  '10.0.1.15',
  '{"destinationPorts":"443"}',
  '{"id":"sg-1"}',
  'sg-1 (Bäcker)',
] as const
const fillings = words.slice(0, 3).map(shortOf) as unknown as Fillings
const groupsIn = (desk: Desk): GroupsText => ({
  component: store(desk, [words[COMPONENT]]) as number,
  names: store(desk, [words[NAMES]]) as number,
})
const filled = (parts: GappedText) =>
  parts.map((part) => (typeof part === 'string' ? part : words[part])).join('')
const taken = (page: Parameters<typeof take>[0]) => Buffer.from(take(page)).toString()

describe('text with gaps', () => {
  const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant('bread '.repeat(30_000)))
  const part = fc.oneof(text, fc.constantFrom(SUBNET, ADDRESS, BLOCKED, COMPONENT, NAMES))

  test('says what it was stored as, with its gaps filled', () => {
    fc.assert(
      fc.property(fc.array(fc.array(part, { maxLength: 6 }), { maxLength: 4 }), (texts) => {
        const desk = newDesk(2_000_000, 2_000_000)
        const groups = groupsIn(desk)
        const stored = texts.map((parts) => store(desk, parts) as number)
        for (const [i, parts] of texts.entries()) {
          putGapped(desk.pages[1], stored[i] as number, fillings, groups)
          expect(taken(desk.pages[1])).toBe(filled(parts))
        }
      }),
      { numRuns: 50 },
    )
  })

  test('is not stored without room, and the desk says so until it is cleared', () => {
    const desk = newDesk(100, 20)
    expect(store(desk, ['a loaf of rye bread'])).toBeUndefined()
    expect(desk.isFull).toBe(true)
    clearStore(desk)
    expect(desk.isFull).toBe(false)
    expect(store(desk, ['a loaf of bread'])).toBe(200)
  })

  test('that a page has no room for leaves the other page and the store alone', () => {
    const desk = newDesk(8, 100)
    const [page, other] = desk.pages
    const stored = store(desk, ['rye ', ADDRESS]) as number
    putText(other, 'bun')
    putGapped(page, stored, fillings)
    expect(page.isFull).toBe(true)
    page.end = page.start
    expect(taken(other)).toBe('bun')
    const [first] = newDesk(100, 0).pages
    putText(first, 'ok')
    putGapped({ ...first, bytes: desk.bytes, limit: 100 }, stored, fillings)
    expect(desk.bytes.subarray(2, 15).toString()).toBe('rye 10.0.1.15')
  })
})

describe('a page', () => {
  test('is written over by more than was there', () => {
    const [page] = newDesk(100, 0).pages
    putText(page, 'is blocked, sadly')
    replace(page, 3, 10, Buffer.from('reachable'))
    expect(taken(page)).toBe('is reachable, sadly')
  })

  test('takes a longer text than it has room for, and what follows', () => {
    const [page] = newDesk(10, 0).pages
    putText(page, 'rye')
    putText(page, 'ü🥐'.repeat(10))
    put(page, Buffer.from('bun'))
    expect(sizeOf(page)).toBe(3 + 60 + 3)
    expect(taken(page)).toBe(`rye${'ü🥐'.repeat(10)}bun`)
    expect(sizeOf(page)).toBe(0)
  })
})
