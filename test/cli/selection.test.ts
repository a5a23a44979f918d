import { describe, expect, test } from 'vitest'
import { parseSelection } from '../../cli/selection.ts'
import { InputError } from '../../shared/input-error.ts'
import { everything } from '../../shared/selection.ts'

const targetGroup = 'arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/oven/0123456789abcdef'
const service = 'arn:aws:ecs:eu-central-1:111122223333:service/bakery/oven'
const task = 'arn:aws:ecs:eu-central-1:111122223333:task/bakery/0123456789abcdef0123456789abcdef'

test('nothing given is everything', () => {
  expect(parseSelection({})).toEqual(everything)
})

test('names and ARNs are taken as given', () => {
  const given = {
    targetGroup: ['oven', targetGroup, targetGroup.replace('arn:aws:', 'arn:aws-us-gov:')],
    service: ['bakery/oven', service],
    task: [task],
  }
  expect(parseSelection(given)).toEqual({
    targetGroups: given.targetGroup,
    services: given.service,
    tasks: given.task,
  })
})

describe('what can name nothing is refused, with what is allowed', () => {
  test.each([
    { given: { targetGroup: [''] }, allowed: 'a target group name' },
    { given: { targetGroup: ['bakery oven'] }, allowed: 'a target group name' },
    { given: { targetGroup: ['-oven'] }, allowed: 'a target group name' },
    { given: { targetGroup: [service] }, allowed: 'arn:aws:elasticloadbalancing:' },
    {
      given: { targetGroup: [targetGroup.replace('111122223333', '1111')] },
      allowed: 'arn:aws:elasticloadbalancing:',
    },
    { given: { targetGroup: ['oven', `${targetGroup}\n`] }, allowed: 'arn:aws:elasticloadbalancing:' },
    { given: { service: ['oven'] }, allowed: 'CLUSTER/SERVICE' },
    { given: { service: [task] }, allowed: 'CLUSTER/SERVICE' },
    { given: { task: ['0123456789abcdef'] }, allowed: 'arn:aws:ecs:REGION:ACCOUNT:task/' },
  ])('$given', ({ given, allowed }) => {
    expect(() => parseSelection(given)).toThrow(InputError)
    expect(() => parseSelection(given)).toThrow(allowed)
  })
})
