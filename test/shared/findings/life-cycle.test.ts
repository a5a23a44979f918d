import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { momentOf, type Observation, observeAll } from '../../../shared/findings/life-cycle.ts'
import { checkoutFinding } from './checkout.ts'

const at = (minute: number, replayed = false) =>
  momentOf(new Date(Date.UTC(2026, 10, 20, 3, minute)).toISOString(), 'event', replayed)

const sees = (minute: number, targetId = '10.0.1.15'): Observation => ({
  ...at(minute),
  sees: 'problem',
  finding: checkoutFinding({ targets: [{ id: targetId, state: 'unhealthy' }] }),
})
const clean = (minute: number): Observation => ({ ...at(minute), sees: 'nothing' })

describe('the life of a finding, step by step', () => {
  it('a sight older than its end, but the newest so far, tells more and changes nothing', () => {
    const resolved = observeAll(observeAll(undefined, [sees(1)]), [clean(3)])
    const late = observeAll(resolved, [sees(2, '10.0.1.99')])
    expect(late).toMatchObject({ status: 'resolved', lastSeen: at(2).at, order: at(3).order, version: 2 })
    expect(late?.finding.targets[0]?.id).toBe('10.0.1.99')
  })

  it('what is not news leaves the very same record', () => {
    const open = observeAll(undefined, [sees(2)])
    expect(observeAll(open, [sees(2)])).toBe(open)
    expect(observeAll(open, [clean(1)])).toBe(open)
    expect(observeAll(undefined, [clean(1)])).toBeUndefined()
  })

  it('a sight that was overruled before it came is one quiet step', () => {
    const resolved = observeAll(observeAll(undefined, [sees(1)]), [clean(3)])
    const after = observeAll(resolved, [sees(4), clean(5)])
    expect(after).toMatchObject({
      status: 'resolved',
      version: 2,
      changeKind: 'resolved',
      resolvedAt: at(3).at,
    })
    expect(after).toMatchObject({ lastSeen: at(4).at, order: at(5).order })
  })

  it('two observations of one millisecond are ordered by their tie-breaker', () => {
    const moments = ['b', 'a', 'c'].map((tie) => momentOf('2026-11-20T03:00:00Z', tie, false).order)
    expect([...moments].sort().map((order) => order.slice(-1))).toEqual(['a', 'b', 'c'])
    expect(momentOf('2026-11-20T03:00:00+09:00', 'a', false).order < (moments[1] ?? '')).toBe(true)
  })

  it('no observation ever takes the order or the version back', () => {
    const observation = fc
      .tuple(fc.integer({ min: 0, max: 30 }), fc.boolean())
      .map(([minute, problem]) => (problem ? sees(minute) : clean(minute)))
    fc.assert(
      fc.property(fc.array(observation, { maxLength: 20 }), (observations) => {
        let known = observeAll(undefined, [])
        for (const one of observations) {
          const next = observeAll(known, [one])
          if (known && next) {
            expect(next.order >= known.order).toBe(true)
            expect([0, 1]).toContain(next.version - known.version)
            expect(next.firstSeen <= known.firstSeen).toBe(true)
            expect(next.lastSeen >= known.lastSeen).toBe(true)
          }
          expect(known === undefined || next !== undefined).toBe(true)
          known = next
        }
      }),
    )
  })
})
