import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Interface } from '../../../shared/network/interfaces.ts'
import { createFinder } from '../../../shared/reachability/text/finder.ts'

const byId = (ids: readonly string[], addresses: Interface['addresses'] = [0xffffff00]) =>
  new Map(ids.map((id) => [id, { id, addresses } as Interface]))
const ascii = fc.string({ unit: fc.constantFrom(...'eni-0123456789abcdef ~'), maxLength: 31 })

test('finds each by its id, and nothing else', () => {
  fc.assert(
    fc.property(fc.uniqueArray(ascii, { maxLength: 200 }), fc.array(ascii), (ids, others) => {
      const interfaces = byId(ids)
      const find = createFinder(interfaces)
      for (const id of [...ids, ...others]) expect(find(id)?.nic).toBe(interfaces.get(id))
    }),
  )
})

test('tells the first address, of IPv4 only', () => {
  expect(createFinder(byId(['eni-1'], [0xffffff00, 1]))('eni-1')?.address).toBe(0xffffff00)
  expect(createFinder(byId(['eni-1'], [1n, 1]))('eni-1')).toBeUndefined()
  expect(createFinder(byId(['eni-1'], []))('eni-1')).toBeUndefined()
})

test.each(['eni-Brötchen', `eni-${'0'.repeat(40)}`])('leaves %s to others', (id) => {
  const find = createFinder(byId([id, 'eni-1']))
  expect([find(id), find('eni-1')?.nic.id]).toEqual([undefined, 'eni-1'])
})

test('tells ids apart whose hashes are the same', () => {
  // "Aa" and "BB" are one number to a hash that multiplies by 31.
  const ids = ['eni-AaAa', 'eni-BBBB', 'eni-AaBB', 'eni-BBAa']
  const find = createFinder(byId(ids.slice(0, 3)))
  expect(ids.map((id) => find(id)?.nic.id)).toEqual([...ids.slice(0, 3), undefined])
})
