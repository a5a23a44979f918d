import { expect, test } from 'vitest'
import { targetCount, targetLines } from '../../../cli/render/targets.ts'
import type { FindingTarget } from '../../../shared/findings/finding.ts'

const oven = (id: number, zone: string, state = 'unhealthy'): FindingTarget => ({
  id: `10.0.1.${id}`,
  port: 8000,
  availabilityZone: `eu-central-1${zone}`,
  state,
  ...(state === 'unhealthy' && { reason: 'Target.Timeout', description: 'Request timed out' }),
})

test('a bad zone is named as such', () => {
  const targets = [oven(1, 'a'), oven(2, 'a'), oven(3, 'b', 'healthy'), oven(4, 'c', 'healthy')]
  expect(targetLines(targets)).toEqual([
    '2 of 4 targets unhealthy, all in eu-central-1a: Target.Timeout "Request timed out"',
    '  10.0.1.1:8000, 10.0.1.2:8000',
  ])
  expect(targetCount(targets)).toBe('2 of 4')
})

test('a single bad target is named as such', () => {
  expect(targetLines([oven(1, 'a'), oven(2, 'a', 'healthy')])[0]).toBe(
    '1 of 2 targets unhealthy, in eu-central-1a: Target.Timeout "Request timed out"',
  )
})

test('different states and reasons are told apart', () => {
  const lines = targetLines([oven(1, 'a'), { id: 'i-0c01d', state: 'unused', reason: 'Target.InvalidState' }])
  expect(lines).toEqual([
    '1 of 2 targets unhealthy, in eu-central-1a: Target.Timeout "Request timed out"',
    '  10.0.1.1:8000',
    '1 of 2 targets unused: Target.InvalidState',
    '  i-0c01d',
  ])
})

test('of many targets the first ones are named', () => {
  const many = Array.from({ length: 500 }, (_, at) => oven(at, at % 2 === 0 ? 'a' : 'b'))
  const [head, names] = targetLines(many)
  expect(head).toBe(
    '500 targets unhealthy, 250 in eu-central-1a, 250 in eu-central-1b: Target.Timeout "Request timed out"',
  )
  expect(names).toMatch(/10\.0\.1\.5:8000 and 494 more$/)
})

test('a finding without targets has no line', () => {
  expect(targetLines([])).toEqual([])
  expect(targetCount([])).toBe('')
})
