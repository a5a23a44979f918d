import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { answering } from '../bakery-checks.ts'
import { bakeryShop, defineWeb } from '../bakery-tasks.ts'
import { causeOf, codes, diagnosed } from '../diagnosed.ts'

const code = 'app.deep-healthcheck-dependency'

/** The load balancer asks /health in vain; the container's own check asks a path and passes. */
function halfSilent(url: string, healthStatus: 'HEALTHY' | 'UNHEALTHY' = 'HEALTHY') {
  const shop = bakeryShop()
  const { world, targetGroup, tasks } = shop
  defineWeb(shop, { healthCheck: { command: ['CMD-SHELL', `curl -f ${url} || exit 1`] } })
  for (const task of tasks)
    for (const container of aws.taskOf(world, task).containers ?? []) container.healthStatus = healthStatus
  aws.setHealth(world, targetGroup, aws.health.timeout)
  return diagnosed(world, targetGroup)
}

describe(code, () => {
  it('is likely when another path of the same server answers on loopback, and the checked one hangs', () => {
    const diagnosis = halfSilent('http://localhost:8000/ping')
    expect(codes(diagnosis)).toEqual([code])
    expect(causeOf(diagnosis, code)).toMatchObject({
      confidence: 'likely',
      title:
        'Health check path /health of bakery-web does not answer in time, while /ping of the same server does: it seems to wait for something else',
      fixes: [{ title: 'Check /ping, which answers', verifiable: false }, { verifiable: false }],
    })
  })

  it('is possible where the names of the paths tell nothing', () => {
    const diagnosis = halfSilent('http://localhost:8000/')
    expect(codes(diagnosis)).toEqual(['app.not-answering', code])
    expect(causeOf(diagnosis, code).confidence).toBe('possible')
  })

  it.each([500, 503])('is possible beside a %s, which the application answered itself', (answer) => {
    const { world, targetGroup } = answering([answer])
    const diagnosis = diagnosed(world, targetGroup)
    expect(codes(diagnosis)).toEqual(['hc.server-error-5xx', code])
    expect(causeOf(diagnosis, code).confidence).toBe('possible')
  })

  it('is not: a path that is missing, or one that answers with a redirect', () => {
    for (const answer of [404, 302]) {
      const { world, targetGroup } = answering([answer])
      expect(codes(diagnosed(world, targetGroup))).not.toContain(code)
    }
  })

  it.each([
    ['the own check asks the same path', 'http://localhost:8000/health'],
    ['the own check asks another port', 'http://localhost:9000/ping'],
  ])('is not: %s', (_, url) => {
    expect(codes(halfSilent(url))).toEqual(['app.not-answering'])
  })

  it('is not: the own check fails as well', () => {
    expect(codes(halfSilent('http://localhost:8000/ping', 'UNHEALTHY'))).not.toContain(code)
  })

  it('is not claimed where the task definition is not known', () => {
    const shop = bakeryShop()
    defineWeb(shop, { healthCheck: { command: ['CMD-SHELL', 'curl -f http://localhost:8000/ping'] } })
    aws.setHealth(shop.world, shop.targetGroup, aws.health.timeout)
    const json = aws.withError(aws.jsonOf(shop.world), 'ecs:DescribeTaskDefinition')
    expect(codes(diagnosed(json, shop.targetGroup))).not.toContain(code)
  })
})
