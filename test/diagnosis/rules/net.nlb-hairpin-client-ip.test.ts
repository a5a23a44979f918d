import { describe, expect, it } from 'vitest'
import * as aws from '../../fixtures/index.ts'
import { checkoutGrpc } from '../../fixtures/themes/checkout-grpc.ts'
import { causeOf, codes, diagnosed, missingFor, observed, reasonAgainst } from '../diagnosed.ts'
import { findingOf } from '../findings.ts'

const code = 'net.nlb-hairpin-client-ip'
const PRESERVE = 'preserve_client_ip.enabled'

/** The checkout's tasks may call the checkout's own load balancer. */
function callingItself({
  preserve = 'true' as 'true' | 'false' | 'default',
  from = 'tasks' as 'tasks' | 'others',
} = {}) {
  const checkout = checkoutGrpc()
  const { world, targetGroup, vpc, nlbGroup, taskGroup } = checkout
  const clients = from === 'tasks' ? taskGroup : aws.securityGroup(world, { vpc, name: 'checkout-clients' })
  aws.setIngress(world, nlbGroup, aws.tcp(443).fromGroup(clients))
  const held = world.targetGroupAttributes[targetGroup]
  const others = held?.Attributes.filter(({ Key }) => Key !== PRESERVE) ?? []
  const own = preserve === 'default' ? [] : [{ Key: PRESERVE, Value: preserve }]
  if (held) held.Attributes = [...others, ...own]
  return checkout
}

describe(code, () => {
  it('is a low finding where the load balancer’s group admits the targets’ own', () => {
    const { world, targetGroup, nlbGroup, taskGroup } = callingItself()
    const finding = findingOf(world)
    expect(finding.severity).toBe('low')
    expect(finding.rootCause).toMatchObject({
      code,
      confidence: 'likely',
      title: `Targets of checkout-nginx are admitted as clients of their own Network Load Balancer (${nlbGroup} admits checkout-task on 443), which preserves client addresses: a call that is sent back to its caller times out`,
      component: { type: 'target-group', id: targetGroup },
    })
    const cause = causeOf(diagnosed(world, targetGroup), code)
    expect(observed(cause, PRESERVE)).toBe('true')
    expect(observed(cause, 'IpPermissions')).toMatchObject([
      { FromPort: 443, UserIdGroupPairs: [{ GroupId: taskGroup }] },
    ])
  })

  it('is cured, verified, by not preserving client addresses', () => {
    const { world, targetGroup } = callingItself()
    expect(causeOf(diagnosed(world, targetGroup), code).fixes[0]).toMatchObject({
      patches: [{ kind: 'target-group-attribute', key: PRESERVE, value: 'false' }],
    })
    expect(findingOf(world).remediation[0]?.verified).toBe(true)
  })

  it('sees a rule of the targets’ group for the targets’ group, on the traffic port', () => {
    const { world, targetGroup, nlbGroup, taskGroup } = callingItself({ from: 'others' })
    expect(codes(diagnosed(world, targetGroup))).toEqual([])
    aws.setIngress(world, taskGroup, aws.tcp(8443).fromGroup(nlbGroup), aws.tcp(8443).fromGroup(taskGroup))
    expect(codes(diagnosed(world, targetGroup))).toEqual([code])
  })

  it('takes AWS’s default for instances: on', () => {
    const { world, targetGroup } = callingItself({ preserve: 'default' })
    expect(codes(diagnosed(world, targetGroup))).toEqual([])
    Object.assign(aws.targetGroupOf(world, targetGroup), { TargetType: 'instance' })
    expect(codes(diagnosed(world, targetGroup))).toContain(code)
  })

  it('cannot be turned off for UDP by address', () => {
    const { world, targetGroup } = callingItself({ preserve: 'default' })
    Object.assign(aws.targetGroupOf(world, targetGroup), { Protocol: 'TCP_UDP' })
    const [fix] = causeOf(diagnosed(world, targetGroup), code).fixes
    expect(fix?.patches).toEqual([])
    expect(fix?.title).toContain('Let targets call each other directly')
  })

  it('never is the cause of failing checks', () => {
    const { world, targetGroup, nlbGroup } = callingItself()
    aws.setHealth(world, targetGroup, aws.health.failed)
    aws.setEgress(world, nlbGroup)
    expect(codes(diagnosed(world, targetGroup))).toEqual(['net.lb-sg-egress', code])
  })

  it('is not: addresses that are not preserved', () => {
    const { world, targetGroup } = callingItself({ preserve: 'false' })
    const diagnosis = diagnosed(world, targetGroup)
    expect(codes(diagnosis)).toEqual([])
    expect(reasonAgainst(diagnosis, code)).toBe(
      'the Network Load Balancer does not preserve client addresses',
    )
  })

  it('is not: clients of other groups, or everything among the tasks', () => {
    const { world, targetGroup, nlbGroup, taskGroup } = callingItself({ from: 'others' })
    aws.setIngress(world, taskGroup, aws.tcp(8443).fromGroup(nlbGroup), aws.allTraffic().fromGroup(taskGroup))
    const diagnosis = diagnosed(world, targetGroup)
    expect(codes(diagnosis)).toEqual([])
    expect(reasonAgainst(diagnosis, code)).toContain('no rule admits the targets as clients')
  })

  it('is not: one group that load balancer and targets share', () => {
    const { world, targetGroup, loadBalancer, taskGroup } = callingItself({ from: 'others' })
    aws.loadBalancerOf(world, loadBalancer).SecurityGroups = [taskGroup]
    aws.setIngress(world, taskGroup, aws.tcp(8443).fromGroup(taskGroup))
    expect(codes(diagnosed(world, targetGroup))).not.toContain(code)
  })

  it('is not: an internet-facing load balancer', () => {
    const { world, targetGroup, loadBalancer } = callingItself()
    aws.loadBalancerOf(world, loadBalancer).Scheme = 'internet-facing'
    expect(codes(diagnosed(world, targetGroup))).toEqual([])
  })

  it.each(['elasticloadbalancing:DescribeTargetGroupAttributes', 'ec2:DescribeSecurityGroups'] as const)(
    'is unknown without %s',
    (operation) => {
      const { world, targetGroup } = callingItself()
      const diagnosis = diagnosed(aws.withError(aws.jsonOf(world), operation), targetGroup)
      expect(codes(diagnosis)).not.toContain(code)
      expect(missingFor(diagnosis, code)).toEqual([operation])
    },
  )
})
