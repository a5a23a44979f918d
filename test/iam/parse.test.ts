import { describe, expect, it } from 'vitest'
import { parsePolicy } from '../../shared/iam/parse.ts'
import { allow, origin } from './oven-policies.ts'

const document = { Version: '2012-10-17', Statement: [allow({ Sid: 'ReadPassword' })] }

describe('a policy document', () => {
  it.each([
    ['an object', document],
    ['JSON text', JSON.stringify(document)],
    ['JSON text with line breaks around it', `\n${JSON.stringify(document, null, 2)}\n`],
    ['URL-encoded JSON text, as IAM gives it', encodeURIComponent(JSON.stringify(document))],
    ['one statement without a list', { ...document, Statement: document.Statement[0] }],
  ])('is read from %s', (_, given) => {
    expect(parsePolicy(given, origin)).toMatchObject({
      known: true,
      value: {
        origin,
        statements: [
          {
            effect: 'Allow',
            actions: { except: false, patterns: ['secretsmanager:GetSecretValue'] },
            resources: { except: false },
            principals: undefined,
            conditions: [],
            variables: true,
            index: 0,
            text: { Sid: 'ReadPassword' },
          },
        ],
      },
    })
  })

  it('says what a statement excepts, whom it names and on which conditions', () => {
    const statement = {
      Effect: 'Deny',
      NotAction: ['logs:*'],
      NotResource: '*',
      Principal: {
        AWS: ['111122223333', 'arn:aws:iam::111122223333:role/oven'],
        Service: 'ecs.amazonaws.com',
      },
      Condition: { Bool: { 'aws:SecureTransport': false }, NumericLessThan: { 's3:max-keys': [10, '20'] } },
    }
    expect(parsePolicy({ Statement: statement }, origin)).toMatchObject({
      value: {
        statements: [
          {
            actions: { except: true, patterns: ['logs:*'] },
            resources: { except: true, patterns: ['*'] },
            principals: {
              except: false,
              named: [
                { type: 'AWS', id: '111122223333' },
                { type: 'AWS', id: 'arn:aws:iam::111122223333:role/oven' },
                { type: 'Service', id: 'ecs.amazonaws.com' },
              ],
            },
            conditions: [
              { operator: 'Bool', key: 'aws:SecureTransport', values: ['false'] },
              { operator: 'NumericLessThan', key: 's3:max-keys', values: ['10', '20'] },
            ],
            variables: false,
          },
        ],
      },
    })
  })

  it.each([
    ['nothing', undefined, /expected object/],
    ['half a JSON text', '{"Statement": [', /JSON/],
    ['text that is no JSON once decoded', '%7Boven', /JSON/],
    ['a broken encoding', '%7', /URI/],
    ['no statements', { Version: '2012-10-17' }, /Statement/],
    ['a version to come', { ...document, Version: '2031-01-01' }, /Version/],
    ['an element that nobody knows', { Statement: allow({ Unless: 'Monday' }) }, /Unless/],
    ['an effect of another case', { Statement: allow({ Effect: 'allow' }) }, /Effect/],
    ['no action', { Statement: { Effect: 'Allow', Resource: '*' } }, /statement 1 names no action/],
    ['no resource', { Statement: { Effect: 'Allow', Action: '*' } }, /statement 1 names no resource/],
    ['Action beside NotAction', { Statement: allow({ NotAction: '*' }) }, /beside its opposite/],
    ['a resource that is no text', { Statement: allow({ Resource: { Ref: 'Secret' } }) }, /Resource/],
    ['a condition that is no object', { Statement: allow({ Condition: 'always' }) }, /expected object/],
    ['a condition without a list of values', { Statement: allow({ Condition: { Bool: { a: {} } } }) }, /./],
  ])('that holds %s is unknown as a whole, and says why', (_, given, why) => {
    const parsed = parsePolicy(given, origin)
    expect(parsed).toMatchObject({ known: false, missing: { missing: 'iam:GetRolePolicy' } })
    expect(!parsed.known && parsed.missing.because).toMatch(
      /^the policy oven-execution\/inline is not understood/,
    )
    expect(!parsed.known && parsed.missing.because).toMatch(why)
  })

  it('drops no condition, whatever it is named', () => {
    const text =
      '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"__proto__":{"a":"b"}}}}'
    expect(parsePolicy(text, origin)).toMatchObject({
      value: { statements: [{ conditions: [{ operator: '__proto__', key: 'a', values: ['b'] }] }] },
    })
  })
})
