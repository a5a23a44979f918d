import { expect, test } from 'vitest'
import { verdictSentence } from '../../../shared/render/verdict.ts'
import type { Blocker } from '../../../shared/reachability/result.ts'
import { blockedPath, partialPath, unknownPath } from '../../fixtures/answers/bakery.ts'

const [acl] = partialPath.blockers
const blocking = (blocked: Blocker['blocked']): Blocker[] => (acl === undefined ? [] : [{ ...acl, blocked }])

test('a partial verdict says which share of the ports fails', () => {
  expect(verdictSentence(partialPath)).toBe(
    '56 % of the source ports (1024-32767, 61001-65535) do not get through: such a path fails now and then.',
  )
})

test('what two blockers both block counts once', () => {
  const blockers = [...blocking({ sourcePorts: '1024-33279' }), ...blocking({ sourcePorts: '1024-17151' })]
  expect(verdictSentence({ ...partialPath, blockers })).toMatch(/^50 % of the source ports/)
})

test.each([
  { sourcePorts: '1024', share: '1 %' },
  { sourcePorts: '1024-65534', share: '99 %' },
])('$sourcePorts of 1024-65535 is never rounded to nothing or all', ({ sourcePorts, share }) => {
  expect(verdictSentence({ ...partialPath, blockers: blocking({ sourcePorts }) })).toContain(share)
})

test('without numbers there is no share', () => {
  const blockers = blocking({ sourcePorts: 'some' })
  expect(verdictSentence({ ...partialPath, blockers })).toMatch(/^replies to ports some do not get through/)
  expect(verdictSentence({ ...partialPath, blockers: blocking({}) })).toMatch(/^Some packets do not/)
})

test('blocked counts what stands in the way, unknown names what is missing', () => {
  expect(verdictSentence(blockedPath)).toBe('One thing stands in the way.')
  const two = [...blockedPath.blockers, ...blockedPath.blockers]
  expect(verdictSentence({ ...blockedPath, blockers: two })).toBe('2 things stand in the way.')
  expect(verdictSentence(unknownPath)).toBe('Missing: ec2:DescribeNetworkAcls.')
})
