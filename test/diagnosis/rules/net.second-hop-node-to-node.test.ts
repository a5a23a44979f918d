import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { twoZones } from '../../fixtures/themes/two-zones.ts'
import { causeOf, codes, diagnosed, missingFor, reasonAgainst } from '../diagnosed.ts'

const code = 'net.second-hop-node-to-node'
const NODE_PORT = 31_080

/** An aquarium's Kubernetes cluster behind an ALB: the pod runs on the first node, the second has none. */
function aquarium(options: { readonly checkPort?: string } = {}) {
  const world = aws.newWorld()
  const { vpc, publicSubnets, privateSubnets } = twoZones(world, { name: 'aquarium', prefix: '10.51' })
  const albGroup = aws.securityGroup(world, {
    vpc,
    name: 'aquarium-alb',
    ingress: [aws.tcp(80).fromAnywhere()],
  })
  const nodeGroup = aws.securityGroup(world, { vpc, name: 'aquarium-nodes' })
  const admit = (...more: readonly aws.Permission[]) =>
    aws.setIngress(
      world,
      nodeGroup,
      aws.tcp(30_000, 32_767).fromGroup(albGroup),
      aws.tcp(9999).fromGroup(albGroup),
      ...more,
    )
  admit(aws.tcp(1025, 65_535).fromGroup(nodeGroup))
  const loadBalancer = aws.applicationLoadBalancer(world, {
    name: 'aquarium',
    subnets: publicSubnets,
    groups: [albGroup],
  })
  const targetGroup = aws.targetGroup(world, {
    name: 'aquarium',
    vpc,
    port: NODE_PORT,
    targetType: 'instance',
    healthCheck: {
      HealthCheckPath: '/fish',
      ...(options.checkPort && { HealthCheckPort: options.checkPort }),
    },
  })
  aws.listener(world, { loadBalancer, port: 80, targetGroup })
  const nodes = privateSubnets.map((subnet, i) =>
    aws.instance(world, { name: `aquarium-${i}`, subnet, groups: [nodeGroup] }),
  )
  for (const [i, id] of nodes.entries())
    aws.registerTarget(world, targetGroup, {
      id,
      port: NODE_PORT,
      health: i === 0 ? aws.health.healthy : aws.health.timeout,
    })
  return { world, targetGroup, nodeGroup, nodes, admit }
}

const diagnosis = ({ world, targetGroup }: ReturnType<typeof aquarium>) => diagnosed(world, targetGroup)

describe(code, () => {
  it('is likely when only the node with the pod is healthy and nodes do not admit one another on every port', () => {
    const tank = aquarium()
    const found = diagnosis(tank)
    expect(codes(found)[0]).toBe(code)
    expect(causeOf(found, code)).toMatchObject({
      confidence: 'likely',
      component: { type: 'security-group', id: tank.nodeGroup },
      partial: true,
      fixes: [{ verifiable: false }],
    })
    expect(causeOf(found, code).title).toContain(`Nodes ${tank.nodes[1]} get the check on NodePort 31080`)
  })

  it('is not: nodes that admit one another on every port', () => {
    const tank = aquarium()
    tank.admit(aws.allTraffic().fromGroup(tank.nodeGroup))
    expect(reasonAgainst(diagnosis(tank), code)).toContain('admit one another on every tcp port')
    expect(codes(diagnosis(tank))).toContain('app.not-answering')
  })

  it('is not: externalTrafficPolicy Local, which is checked on a port of its own and fails by design', () => {
    expect(codes(diagnosis(aquarium({ checkPort: '9999' })))).not.toContain(code)
  })

  it('is not: no node is healthy', () => {
    const tank = aquarium()
    aws.setHealth(tank.world, tank.targetGroup, aws.health.timeout)
    expect(reasonAgainst(diagnosis(tank), code)).toContain('no node is healthy')
  })

  it.each(['ec2:DescribeSecurityGroups', 'ec2:DescribeRouteTables'] as const)(
    'is unknown without %s',
    (operation) => {
      const tank = aquarium()
      const found = diagnosed(aws.withError(aws.jsonOf(tank.world), operation), tank.targetGroup)
      expect(codes(found)).not.toContain(code)
      expect(missingFor(found, code)).toEqual([operation])
    },
  )
})
