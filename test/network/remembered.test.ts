import { describe, expect, it, vi } from 'vitest'
import { grouped } from '../../shared/network/grouped.ts'
import { remembered, rememberedFor } from '../../shared/network/remembered.ts'

describe('what is worked out once', () => {
  it('is asked once for each object, also where the answer is undefined', () => {
    const work = vi.fn((_about: object): undefined => undefined)
    const ask = remembered(work)
    const [one, other] = [{}, {}]
    expect([ask(one), ask(one), ask(other)]).toEqual([undefined, undefined, undefined])
    expect(work.mock.calls).toEqual([[one], [other]])
  })

  it('is another answer for an equal object: a patched copy is not what it was made of', () => {
    const ask = remembered(({ state }: { readonly state: string }) => ({ state }))
    const before = { state: 'open' }
    expect(ask({ ...before })).not.toBe(ask(before))
    expect(ask(before)).toBe(ask(before))
  })

  it('is asked once for each object and detail', () => {
    const work = vi.fn((about: { readonly name: string }, detail: string) => `${about.name} ${detail}`)
    const ask = rememberedFor(work)
    const [one, other] = [{ name: 'one' }, { name: 'other' }]
    const answers = [ask(one, 'a'), ask(one, 'b'), ask(other, 'a'), ask(one, 'a')]
    expect(answers).toEqual(['one a', 'one b', 'other a', 'one a'])
    expect(work).toHaveBeenCalledTimes(3)
  })
})

it('things are grouped by each of their keys, in their order', () => {
  const found = grouped(['ab', 'b', 'ca'], (text) => text)
  expect([...found]).toEqual([
    ['a', ['ab', 'ca']],
    ['b', ['ab', 'b']],
    ['c', ['ca']],
  ])
})
