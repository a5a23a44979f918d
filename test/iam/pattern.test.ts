import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matches, type Reach } from '../../shared/iam/pattern.ts'
import { account, secret } from './oven-policies.ts'

const variables = (name: string) => (name === 'aws:PrincipalAccount' ? account : undefined)

const answer = (pattern: string, text: string, reach: Reach) => {
  const truth = matches(pattern, text, reach, variables)
  return typeof truth === 'string' ? truth : 'maybe'
}

describe('a pattern for resources', () => {
  it.each([
    ['*', secret, 'yes'],
    [secret, secret, 'yes'],
    [secret.toUpperCase(), secret, 'no'],
    ['arn:aws:secretsmanager:*:*:secret:oven/*', secret, 'yes'],
    ['arn:aws:secretsmanager:eu-west-1:*', secret, 'yes'],
    ['arn:aws:secretsmanager:eu-west-?:*:secret:oven/password-??????', secret, 'yes'],
    ['arn:aws:secretsmanager:eu-west-1:*:secret:oven/password', secret, 'no'],
    ['arn:aws:secretsmanager:eu-west-1:*:secret:oven/password-?????', secret, 'no'],
    ['arn:aws:secretsmanager:us-*:*:secret:*', secret, 'no'],
    ['arn:*:secret:oven/*', secret, 'yes'],
    ['*oven*', secret, 'maybe'],
    ['arn:aws:s*:secret:oven/password-AbCdEf', secret, 'yes'],
    ['arn:aws:secretsmanager:eu-west-1:1*w/password-AbCdEf', secret, 'no'],
    ['arn:aws:secretsmanager:eu-west-1:1*en/password-AbCdEf', secret, 'maybe'],
    ['arn:aws:secretsmanager', secret, 'maybe'],
    ['arn:aws:ssm', secret, 'no'],
    ['', secret, 'maybe'],
    ['*', '*', 'yes'],
    [secret, '*', 'no'],
  ])('%s fits %s: %s', (pattern, text, expected) => expect(answer(pattern, text, 'resource')).toBe(expected))

  it.each([
    [`arn:aws:secretsmanager:eu-west-1:\${aws:PrincipalAccount}:secret:oven/*`, 'yes'],
    [`arn:aws:secretsmanager:eu-west-1:\${aws:PrincipalAccount}0:secret:oven/*`, 'no'],
    [`arn:aws:secretsmanager:eu-west-1:*:secret:\${aws:PrincipalTag/shop}/password-*`, 'maybe'],
    [`arn:aws:secretsmanager:eu-west-1:*:secret:\${aws:PrincipalTag/shop}/recipe`, 'no'],
    [`arn:aws:secretsmanager:eu-west-1:*:secret:oven/\${*}`, 'no'],
    [`arn:aws:secretsmanager:eu-west-1:*:secret:oven/password-\${$}`, 'no'],
  ])('with the variable %s fits: %s', (pattern, expected) =>
    expect(answer(pattern, secret, 'resource')).toBe(expected),
  )

  it('names the variable that it does not know', () => {
    expect(matches(`\${aws:PrincipalTag/shop}`, secret, 'text', variables)).toMatchObject({
      missing: [{ missing: `\${aws:PrincipalTag/shop}` }],
    })
  })

  it.each([
    ['arn:aws:secretsmanager:*:*:secret:oven/*', 'yes'],
    ['arn:aws:secretsmanager:*:*:secret:oven/password-??????', 'yes'],
    ['arn:aws:secretsmanager:*:*:secret:oven/password-AbCdEf', 'maybe'],
    ['arn:aws:secretsmanager:*:*:secret:oven/password-AbCdEfG', 'no'],
    ['arn:aws:secretsmanager:*:*:secret:shop/*', 'no'],
  ])('%s fits a secret of which the last six characters are not known: %s', (pattern, expected) => {
    expect(answer(pattern, secret.replace(/.{6}$/, '??????'), 'resource')).toBe(expected)
  })
})

describe('a pattern for ARNs in a condition', () => {
  it.each([
    ['arn:aws:iam::*:role/oven-*', 'yes'],
    ['arn:*:iam::*:role/*', 'yes'],
    ['arn:aws:iam::111122223333:role/oven', 'no'],
    ['arn:*:role/oven-execution', 'maybe'],
    ['*', 'maybe'],
  ])('%s fits the role: %s', (pattern, expected) => {
    expect(answer(pattern, 'arn:aws:iam::111122223333:role/oven-execution', 'arn')).toBe(expected)
  })
})

describe('a pattern for text', () => {
  it('agrees with a regular expression', () => {
    const letters = fc
      .array(fc.constantFrom('a', 'b', ':', '*', '?'), { maxLength: 8 })
      .map((list) => list.join(''))
    const words = fc.array(fc.constantFrom('a', 'b', ':'), { maxLength: 8 }).map((list) => list.join(''))
    fc.assert(
      fc.property(letters, words, (pattern, text) => {
        const regex = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`)
        expect(matches(pattern, text, 'text')).toBe(regex.test(text) ? 'yes' : 'no')
      }),
    )
  })

  it('is decided at once, however many stars it has', () => {
    expect(matches(`${'*a'.repeat(60)}b`, 'a'.repeat(400), 'text')).toBe('no')
  })

  it('takes stars for stars where the operator knows no wildcards', () => {
    expect(matches('oven-*', 'oven-execution', 'none')).toBe('no')
    expect(matches('oven-*', 'oven-*', 'none')).toBe('yes')
  })

  it('takes a character that is not known for no character in particular', () => {
    expect(answer(`oven-\${?}`, 'oven-?', 'text')).toBe('maybe')
  })

  it('takes variables for text in documents of the old version', () => {
    expect(matches(`\${aws:PrincipalAccount}`, account, 'text')).toBe('no')
  })
})
