import { expect, it } from 'vitest'
import { accountsOf, parseMembers, placesOf } from '../../infra/members.ts'

it('are given as accounts and Regions', () => {
  const members = parseMembers('222233334444/eu-west-1,222233334444/us-gov-west-1,555566667777/eu-west-1')
  expect(accountsOf(members)).toEqual(['222233334444', '555566667777'])
  expect(placesOf(members)).toEqual([
    '222233334444/eu-west-1',
    '222233334444/us-gov-west-1',
    '555566667777/eu-west-1',
  ])
})

it.each([
  '',
  '222233334444',
  'eu-west-1',
  '2222/eu-west-1',
  '222233334444/europe',
  '222233334444/eu-west-1,',
])('%j is refused', (text) => {
  expect(() => parseMembers(text)).toThrow('give ACCOUNT/REGION')
})
