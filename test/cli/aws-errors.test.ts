import { describe, expect, test } from 'vitest'
import { explainAwsError } from '../../cli/aws-errors.ts'
import { InputError } from '../../shared/input-error.ts'

const failure = (name: string, message: string, more: object = {}) =>
  Object.assign(new Error(message), { name, ...more })

describe('what a person can put right becomes one line', () => {
  test.each([
    [failure('Error', 'Region is missing'), 'no AWS Region: give --region, or set AWS_REGION'],
    [
      failure('CredentialsProviderError', 'Could not load credentials from any providers'),
      'no usable AWS credentials (Could not load credentials from any providers): give --profile, or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
    ],
    [
      failure('ExpiredToken', 'The security token included in the request is expired'),
      'AWS refuses the credentials (The security token included in the request is expired): log in again, or choose others with --profile',
    ],
    [
      failure('AggregateError', '', {
        code: 'ECONNREFUSED',
        errors: [new Error('connect ECONNREFUSED ::1:4566')],
      }),
      'cannot reach http://localhost:4566 (connect ECONNREFUSED ::1:4566): check --endpoint-url, --region and the network',
    ],
    [
      failure('TargetGroupNotFoundException', 'One or more target groups not found', { $metadata: {} }),
      'unknown target group: One or more target groups not found',
    ],
    [failure('Throttling', 'Rate exceeded', { $metadata: {} }), 'AWS: Throttling: Rate exceeded'],
  ])('%s', (error, line) => {
    expect(explainAwsError(error, 'http://localhost:4566')).toEqual(new InputError(line))
  })
})

test('a defect of our own stays what it is', () => {
  const defect = new TypeError('undefined is not a function')
  expect(explainAwsError(defect, undefined)).toBe(defect)
})
