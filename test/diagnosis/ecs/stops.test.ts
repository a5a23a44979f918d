import { describe, expect, it } from 'vitest'
import { isFailure, stopOf } from '../../../shared/diagnosis/ecs/stops.ts'

const stop = (stopCode: string | undefined, stoppedReason: string | undefined) =>
  stopOf({ taskArn: 'arn:aws:ecs:eu-west-1:111122223333:task/bakery/0a1b', stopCode, stoppedReason })

const scheduler = 'ServiceSchedulerInitiated'

describe('why ECS stopped a task', () => {
  it.each([
    [scheduler, 'Task failed container health checks', 'container-health', true],
    [scheduler, 'Task failed ELB health checks in (target-group arn:aws:x)', 'target-health', true],
    [scheduler, 'Task failed ELB health checks in (elb bakery)', 'target-health', true],
    [scheduler, 'Scaling activity initiated by (deployment ecs-svc/1)', 'scaling', false],
    ['EssentialContainerExited', 'Essential container in task exited', 'essential-exited', true],
    [undefined, 'Essential container in task exited', 'essential-exited', true],
    ['TaskFailedToStart', 'CannotPullContainerError: pull image manifest', 'failed-to-start', true],
    ['SpotInterruption', 'Your Spot Task was interrupted.', 'spot', false],
    ['TerminationNotice', 'Host EC2 (instance i-1) stopped/terminated.', 'host', false],
    [undefined, 'Container instance deregistration forced by user', 'host', false],
    [undefined, 'OutOfMemoryError: container killed due to memory usage', 'out-of-memory', true],
  ])('%s “%s” is %s', (code, reason, kind, failure) => {
    const found = stop(code, reason)
    expect(found).toMatchObject({ kind, reason })
    expect(isFailure(found)).toBe(failure)
  })

  it('believes the stop code before the text, which a user may have written', () => {
    expect(stop('UserInitiated', 'Task failed container health checks, says Bob').kind).toBe('user')
  })

  it('leaves a stop that nobody knows as it is, and takes it for a failure', () => {
    const found = stop(scheduler, 'Task was eaten by a grue')
    expect(found).toMatchObject({ kind: 'other', reason: 'Task was eaten by a grue' })
    expect(isFailure(found)).toBe(true)
    expect(stop(undefined, undefined).reason).toBe('no reason given')
  })

  it('counts life from RUNNING to the first order to stop', () => {
    const taskArn = 'arn:aws:ecs:eu-west-1:111122223333:task/bakery/0a1b'
    const at = (time: string) => `2026-11-20T03:${time}.000Z`
    const times = { startedAt: at('00:00'), stoppingAt: at('01:36'), stoppedAt: at('02:10') }
    expect(stopOf({ taskArn, ...times }).livedSeconds).toBe(96)
    expect(stopOf({ taskArn, ...times, stoppingAt: undefined }).livedSeconds).toBe(130)
    expect(stopOf({ taskArn, stoppedAt: at('02:10') }).livedSeconds).toBeUndefined()
  })
})
