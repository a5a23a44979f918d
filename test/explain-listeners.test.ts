/** A load balancer as destination: the way to its addresses, and a listener at the end of it. */
import { describe, expect, it } from 'vitest'
import { compileSnapshot, explainQuery } from '../shared/explain.ts'
import { parseSnapshot } from '../shared/snapshot/parse.ts'
import * as aws from './fixtures/index.ts'
import { bakeryShop } from './fixtures/themes/bakery-shop.ts'

function asked(port: string, change: (json: aws.SnapshotJson) => aws.SnapshotJson = (json) => json) {
  const shop = bakeryShop()
  aws.setIngress(shop.world, shop.albGroup, aws.tcp(1, 65535).fromAnywhere())
  const network = compileSnapshot(parseSnapshot(change(aws.jsonOf(shop.world))))
  return explainQuery(network, { from: 'internet', to: shop.loadBalancer, port })
}

describe('a load balancer as destination', () => {
  it('is reachable on a port with a listener', () => {
    const { verdict, forward } = asked('80')
    expect(verdict).toBe('reachable')
    expect(forward.at(-1)).toMatchObject({ verdict: 'pass', explanation: 'a listener accepts port 80' })
  })

  it('is blocked on a port without one, however open its group is', () => {
    const { verdict, blockers } = asked('81')
    expect(verdict).toBe('blocked')
    expect(blockers).toMatchObject([
      {
        awsExplanationCode: 'ELBV2_LISTENERS_MISMATCH',
        component: { type: 'load-balancer' },
        blocked: { destinationPorts: '81' },
        explanation: 'no listener accepts port 81: its listeners use 80',
      },
    ])
  })

  it('is partly blocked where only some of the asked ports have one', () => {
    const { verdict, blockers } = asked('80-82')
    expect(verdict).toBe('partial')
    expect(blockers[0]?.blocked).toEqual({ destinationPorts: '81-82' })
  })

  it('is unknown when its listeners were not told', () => {
    const { verdict, unknown } = asked('80', (json) =>
      aws.withError(json, 'elasticloadbalancing:DescribeListeners'),
    )
    expect(verdict).toBe('unknown')
    expect(unknown.map(({ missing }) => missing)).toEqual(['elasticloadbalancing:DescribeListeners'])
  })
})
