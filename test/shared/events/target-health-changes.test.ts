import { describe, expect, it } from 'vitest'
import { type TargetHealth, targetHealthChanges } from '../../../shared/events/target-health-changes.ts'

const oven = (state: string, reason?: string, targetId = '10.0.1.15'): TargetHealth => ({
  targetId,
  port: 8000,
  state,
  ...(reason && { reason, description: `because of ${reason}` }),
})

const summary = (before: TargetHealth[], now: TargetHealth[]) =>
  targetHealthChanges(before, now).map(({ targetId, from, to }) => [
    targetId,
    from.state,
    to.state,
    to.reason,
  ])

describe('what changed between two answers of DescribeTargetHealth', () => {
  it.each<[string, TargetHealth[], TargetHealth[], unknown[]]>([
    ['nothing', [oven('healthy')], [oven('healthy')], []],
    [
      'into trouble',
      [oven('healthy')],
      [oven('unhealthy', 'Target.Timeout')],
      [['10.0.1.15', 'healthy', 'unhealthy', 'Target.Timeout']],
    ],
    [
      'out of it',
      [oven('unhealthy', 'Target.Timeout')],
      [oven('healthy')],
      [['10.0.1.15', 'unhealthy', 'healthy', undefined]],
    ],
    [
      'another reason',
      [oven('unhealthy', 'Target.Timeout')],
      [oven('unhealthy', 'Target.ResponseCodeMismatch')],
      [['10.0.1.15', 'unhealthy', 'unhealthy', 'Target.ResponseCodeMismatch']],
    ],
    ['the same trouble', [oven('unhealthy', 'Target.Timeout')], [oven('unhealthy', 'Target.Timeout')], []],
    [
      'first look at a sick one',
      [],
      [oven('unhealthy', 'Target.Timeout')],
      [['10.0.1.15', 'not-seen', 'unhealthy', 'Target.Timeout']],
    ],
    ['first look at a well one', [], [oven('healthy')], []],
    ['a start', [], [oven('initial', 'Elb.RegistrationInProgress')], []],
    ['a start that ends well', [oven('initial')], [oven('healthy')], []],
    ['a well one that leaves', [oven('healthy')], [oven('draining', 'Target.DeregistrationInProgress')], []],
    [
      'a sick one that is gone',
      [oven('unhealthy', 'Target.Timeout')],
      [],
      [['10.0.1.15', 'unhealthy', 'not-registered', undefined]],
    ],
    [
      'an instance that stopped',
      [oven('healthy')],
      [oven('unused', 'Target.InvalidState')],
      [['10.0.1.15', 'healthy', 'unused', 'Target.InvalidState']],
    ],
  ])('%s', (_name, before, now, expected) => {
    expect(summary(before, now)).toEqual(expected)
  })

  it('the same address on another port is another target, and the description is told', () => {
    const changes = targetHealthChanges(
      [{ ...oven('healthy'), port: 9000 }],
      [oven('unhealthy', 'Target.Timeout')],
    )
    expect(changes).toEqual([
      {
        targetId: '10.0.1.15',
        port: 8000,
        from: { state: 'not-seen' },
        to: { state: 'unhealthy', reason: 'Target.Timeout', description: 'because of Target.Timeout' },
      },
    ])
  })
})
