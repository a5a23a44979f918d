import { describe, expect, it } from 'vitest'
import { parseTrigger, triggerSelection } from '../../../shared/events/index.ts'
import { everything } from '../../../shared/selection.ts'
import { findingStillOpen, ovenArn } from './bakery-events.ts'

const service = 'arn:aws:ecs:ap-northeast-1:111122223333:service/bakery/oven'
const task = 'arn:aws:ecs:ap-northeast-1:111122223333:task/bakery/0b69d5c0'

describe('a finding that is still open', () => {
  it('asks for an audit of its service or task', () => {
    const selected = (arn: string) => triggerSelection(parseTrigger(findingStillOpen(arn)))
    expect(selected(service)).toEqual({ ...everything, services: [service] })
    expect(selected(task)).toEqual({ ...everything, tasks: [task] })
    expect(parseTrigger(findingStillOpen(service))).toMatchObject({
      kind: 'ecs-service',
      key: `still-open#${service}#2026-11-20T03:17:00.000Z`,
      accountId: '111122223333',
      replayed: false,
    })
  })

  it('is refused for what ECS does not have', () => {
    expect(() => parseTrigger(findingStillOpen(ovenArn))).toThrow('is no ECS service and no task')
  })
})
