import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { codes, diagnosed } from '../diagnosed.ts'
import { findingsOf } from '../findings.ts'
import { bakeryShop, failToStart, printShop, says } from '../start-failures.ts'

describe('a start that no cause explains', () => {
  it.each([
    ['in words that nobody knows', 'TaskFailedToStart: the oven door is open'],
    ['over a network that is open by now', says.ecrConnection],
  ])('%s is told as ECS tells it', (_, said) => {
    const shop = bakeryShop()
    failToStart(shop, said)
    const diagnosis = diagnosed(shop.world, shop.service)
    expect(codes(diagnosis)).toEqual([])
    expect(diagnosis.unexplained).toEqual([
      {
        code: 'undetermined',
        missing: 'ecs:DescribeTasks',
        because: `ECS says “${said}”, which no cause explains`,
      },
    ])
  })

  it('makes a finding of a task that nobody’s service started', () => {
    const shop = bakeryShop()
    const [task = ''] = shop.tasks
    failToStart({ ...shop, tasks: [task] }, 'TaskFailedToStart: the oven door is open')
    aws.taskOf(shop.world, task).group = 'family:bakery-web'
    const found = findingsOf(shop.world).find(({ subject }) => subject.arn === task)
    expect(found?.rootCause.code).toBe('undetermined')
    expect(found?.rootCause.evidence.map(({ observed }) => observed)).toContain(
      'ECS says “TaskFailedToStart: the oven door is open”, which no cause explains',
    )
  })

  it('is what the finding of an empty target group says, too', () => {
    const shop = bakeryShop()
    failToStart(shop, 'CannotPullContainerError: write /var/lib/oven: no space left on device')
    const [finding, ...others] = findingsOf(shop.world)
    expect(others).toEqual([])
    expect(finding?.rootCause.code).toBe('tg.no-targets')
    expect(finding?.rootCause.title).toMatch(
      /runs none of its 2 tasks; ECS says “CannotPullContainerError: write .* no space left on device”, which no cause explains$/,
    )
    expect(finding?.rootCause.evidence.map(({ operation }) => operation)).toContain('ecs:DescribeTasks')
  })

  it('is told in the words of its containers, too', () => {
    const shop = bakeryShop()
    const reason = 'CannotStartContainerError: exec: "/app/oven": stat /app/oven: no such file or directory'
    failToStart(shop, 'Task failed to start', { web: { reason } })
    expect(diagnosed(shop.world, shop.service).unexplained[0]?.because).toBe(
      `ECS says “Task failed to start”, “${reason}”, which no cause explains`,
    )
  })

  it('is not told beside a cause', () => {
    const shop = printShop()
    failToStart(shop, says.ecrConnection)
    aws.setIngress(shop.world, shop.endpointGroup)
    expect(diagnosed(shop.world, shop.service).unexplained).toEqual([])
  })
})
