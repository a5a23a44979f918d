import { describe, expect, it } from 'vitest'
import { type EventPattern, matchesPattern } from '../../../cli/local/event-pattern.ts'

/**
 * The examples of the EventBridge user guide, "Comparison operators for use in event patterns" and
 * "Example event patterns", with an event that matches and one that does not.
 */
const documented: readonly (readonly [string, EventPattern, unknown, unknown])[] = [
  ['exact', { source: ['aws.ec2'] }, { source: 'aws.ec2' }, { source: 'aws.ecs' }],
  [
    'or',
    { detail: { state: ['running', 'stopped'] } },
    { detail: { state: 'stopped' } },
    { detail: { state: 'pending' } },
  ],
  ['and', { a: ['1'], b: ['2'] }, { a: '1', b: '2' }, { a: '1', b: '3' }],
  ['null', { detail: { UserID: [null] } }, { detail: { UserID: null } }, { detail: { UserID: '' } }],
  ['empty', { detail: { eventName: [''] } }, { detail: { eventName: '' } }, { detail: { eventName: null } }],
  ['prefix', { time: [{ prefix: '2017-10-02' }] }, { time: '2017-10-02T18:43:48Z' }, { time: '2017-10-03' }],
  [
    'prefix, any case',
    { detail: { service: { name: [{ prefix: { 'equals-ignore-case': 'EventB' } }] } } },
    { detail: { service: { name: 'eventbridge' } } },
    { detail: { service: { name: 'events' } } },
  ],
  ['suffix', { FileName: [{ suffix: '.png' }] }, { FileName: 'logo.png' }, { FileName: 'logo.png.txt' }],
  [
    'anything-but',
    { detail: { state: [{ 'anything-but': 'initializing' }] } },
    { detail: { state: 'running' } },
    { detail: { state: 'initializing' } },
  ],
  [
    'anything-but needs the field',
    { detail: { state: [{ 'anything-but': 'initializing' }] } },
    { detail: { state: null } },
    { detail: {} },
  ],
  [
    'anything-but a list of numbers',
    { detail: { x: [{ 'anything-but': [100, 200, 300] }] } },
    { detail: { x: 400 } },
    { detail: { x: 200 } },
  ],
  [
    'anything-but a prefix',
    { detail: { state: [{ 'anything-but': { prefix: 'init' } }] } },
    { detail: { state: 'running' } },
    { detail: { state: 'initializing' } },
  ],
  [
    'anything-but suffixes',
    { FileName: [{ 'anything-but': { suffix: ['.txt', '.rtf'] } }] },
    { FileName: 'a.png' },
    { FileName: 'a.rtf' },
  ],
  [
    'numeric',
    { detail: { x: [{ numeric: ['>', 0, '<=', 5] }] } },
    { detail: { x: 5 } },
    { detail: { x: 0 } },
  ],
  [
    'numeric equal',
    { detail: { price: [{ numeric: ['=', 3.018e2] }] } },
    { detail: { price: 301.8 } },
    { detail: { price: '301.8' } },
  ],
  [
    'equals-ignore-case',
    { 'detail-type': [{ 'equals-ignore-case': 'ec2 instance state-change notification' }] },
    { 'detail-type': 'EC2 Instance State-change Notification' },
    { 'detail-type': 'EC2' },
  ],
  ['exists', { detail: { state: [{ exists: true }] } }, { detail: { state: 'running' } }, { detail: {} }],
  [
    'exists works on leaves',
    { detail: { state: [{ exists: true }] } },
    { detail: { state: null } },
    { detail: { state: { name: 'x' } } },
  ],
  [
    'does not exist',
    { detail: { errorCode: [{ exists: false }] } },
    { detail: {} },
    { detail: { errorCode: 'AccessDenied' } },
  ],
  [
    'does not exist, nor what it would be in',
    { detail: { a: { b: [{ exists: false }] } } },
    { detail: {} },
    { detail: { a: { b: 1 } } },
  ],
  [
    '$or',
    { detail: { $or: [{ c: [{ numeric: ['>', 0] }] }, { d: ['x'] }] } },
    { detail: { c: -1, d: 'x' } },
    { detail: { c: 0, d: 'y' } },
  ],
  [
    'arrays intersect',
    { resources: ['arn:a', 'arn:b'] },
    { resources: ['arn:c', 'arn:b'] },
    { resources: ['arn:c'] },
  ],
  ['an empty array holds nothing', { resources: ['arn:a'] }, { resources: ['arn:a'] }, { resources: [] }],
  [
    'an array of objects',
    { detail: { containers: { exitCode: [137] } } },
    { detail: { containers: [{ exitCode: 0 }, { exitCode: 137 }] } },
    { detail: { containers: [{ exitCode: 0 }] } },
  ],
  [
    'one object of the array has it all',
    { employees: { first: ['Anna'], last: ['Doe'] } },
    { employees: [{ first: 'Anna', last: 'Doe' }] },
    {
      employees: [
        { first: 'Anna', last: 'Smith' },
        { first: 'John', last: 'Doe' },
      ],
    },
  ],
  ['numbers are not text', { detail: { port: [80] } }, { detail: { port: 80 } }, { detail: { port: '80' } }],
  ['inherited fields are not fields', { toString: [{ exists: false }] }, {}, { toString: 'x' }],
]

describe('event patterns', () => {
  it.each(documented)('%s', (_name, pattern, matching, other) => {
    expect(matchesPattern(pattern, matching)).toBe(true)
    expect(matchesPattern(pattern, other)).toBe(false)
  })

  it('an operator that is not known is an error, not a rule that never matches', () => {
    expect(() => matchesPattern({ a: [{ wildcard: '*.png' }] }, { a: 'x.png' })).toThrow(
      'operator "wildcard" is not known',
    )
    expect(() => matchesPattern({ a: [{ numeric: ['!=', 1] }] }, { a: 1 })).toThrow(
      'numeric "!=" is not known',
    )
  })
})
