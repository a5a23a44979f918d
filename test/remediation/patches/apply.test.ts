import { describe, expect, test } from 'vitest'
import { compileNetwork } from '../../../shared/network/network.ts'
import { createJudge } from '../../../shared/reachability/judge.ts'
import { verdictOf } from '../../../shared/reachability/verdict-bits.ts'
import { applyPatches } from '../../../shared/remediation/apply.ts'
import { applyPatch } from '../../../shared/remediation/patches/index.ts'
import { parseSnapshot } from '../../../shared/snapshot/parse.ts'
import type { Snapshot } from '../../../shared/snapshot/types.ts'
import * as aws from '../../fixtures/index.ts'
import { bakeryShop } from '../../fixtures/themes/bakery-shop.ts'
import { applied, type Case, cases, everyCase, zones } from '../cases.ts'

const frozen = (value: unknown): unknown => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(frozen)
  }
  return value
}

/** The operations whose response is another object after the patch. */
function touched({ snapshot, patch }: Case): readonly string[] {
  const after = applyPatch(snapshot, patch)?.scopes[0]?.responses as Record<string, unknown> | undefined
  const before = snapshot.scopes[0]?.responses as Record<string, unknown>
  return Object.keys(after ?? {}).filter((operation) => after?.[operation] !== before[operation])
}

const without = (snapshot: Snapshot, operation: string): Snapshot => ({
  ...snapshot,
  scopes: snapshot.scopes.map((scope) => ({
    ...scope,
    responses: Object.fromEntries(Object.entries(scope.responses).filter(([name]) => name !== operation)),
  })),
})

const ELB = 'elasticloadbalancing'
const changes: { readonly [K in keyof typeof cases]: readonly string[] } = {
  'security-group-rule': ['ec2:DescribeSecurityGroups'],
  'network-acl-entry': ['ec2:DescribeNetworkAcls'],
  route: ['ec2:DescribeRouteTables'],
  'target-group-settings': [`${ELB}:DescribeTargetGroups`, `${ELB}:DescribeTargetHealth`],
  'target-group-attribute': [`${ELB}:DescribeTargetGroupAttributes`],
  'listener-rule': [`${ELB}:DescribeRules`, `${ELB}:DescribeTargetGroups`, `${ELB}:DescribeTargetHealth`],
  'load-balancer-subnets': [`${ELB}:DescribeLoadBalancers`, `${ELB}:DescribeTargetHealth`],
  targets: [`${ELB}:DescribeTargetHealth`],
  service: ['ecs:DescribeServices'],
  'container-definition': ['ecs:DescribeTaskDefinition'],
  'start-instances': ['ec2:DescribeInstances', `${ELB}:DescribeTargetHealth`],
  'private-link-enforcement': [`${ELB}:DescribeLoadBalancers`],
  'rest-api-integration': ['apigateway:GetResources'],
  'http-api-integration': ['apigatewayv2:GetIntegrations'],
  'alias-health': ['route53:ListResourceRecordSets'],
  'public-access-exclusion': ['ec2:DescribeVpcBlockPublicAccessExclusions'],
  'vpc-endpoint': ['ec2:DescribeVpcEndpoints', 'ec2:DescribeRouteTables'],
  'new-vpc-endpoint': ['ec2:DescribeVpcEndpoints', 'ec2:DescribeNetworkInterfaces'],
  'open-search-endpoint': ['opensearchserverless:ListVpcEndpoints', 'ec2:DescribeNetworkInterfaces'],
  'vpc-attribute': ['ec2:DescribeVpcAttribute'],
  'role-policy': ['iam:ListRolePolicies', 'iam:GetRolePolicy'],
  'log-group': ['logs:DescribeLogGroups'],
}

describe('a patch applied to a snapshot', () => {
  test.each(everyCase)('%s: changes nothing in place, and shares what it does not touch', (kind, example) => {
    frozen(example.snapshot)
    expect([...touched(example)].sort()).toEqual([...changes[kind as keyof typeof changes]].sort())
  })

  test.each(everyCase)('%s: still a valid snapshot', (_, example) => {
    const patched = applyPatch(example.snapshot, example.patch)
    expect(() => parseSnapshot(JSON.parse(JSON.stringify(patched)))).not.toThrow()
  })

  test.each(everyCase)(
    '%s: undefined where the snapshot does not hold what it changes',
    (kind, { snapshot, patch }) => {
      const [operation = ''] = changes[kind as keyof typeof changes]
      expect(applyPatch(without(snapshot, operation), patch)).toBeUndefined()
    },
  )

  test.each(everyCase)('%s: works in the second account as well', (_, { snapshot, patch }) => {
    const elsewhere = aws.snapshotOf(aws.newWorld({ accountId: '444455556666' }))
    const both = { ...snapshot, scopes: [...elsewhere.scopes, ...snapshot.scopes] }
    const patched = applyPatch(both, patch)
    expect(patched?.scopes[0]).toBe(both.scopes[0])
    expect(patched?.scopes[1]).toEqual(applyPatch(snapshot, patch)?.scopes[0])
  })
})

describe('what AWS will say after the change', () => {
  const health = (example: Case, arn: string) =>
    applied(example).responses['elasticloadbalancing:DescribeTargetHealth']?.[arn]
      ?.TargetHealthDescriptions ?? []

  test('checks go to the new port', () => {
    const { patch, snapshot } = cases['target-group-settings']
    const ports = (example: Case) =>
      health(example, patch.targetGroupArn).map(({ HealthCheckPort }) => HealthCheckPort)
    expect(ports(cases['target-group-settings'])).toEqual(['8081', '8081'])
    const back = { ...patch, settings: { HealthCheckPort: 'traffic-port' } }
    expect(ports({ snapshot, patch: back })).toEqual(['8000', '8000'])
  })

  test('a TCP check has no path and no codes', () => {
    const { patch, snapshot } = cases['target-group-settings']
    const tcp = { ...patch, settings: { HealthCheckProtocol: 'TCP' } }
    const group = applied({ snapshot, patch: tcp }).responses['elasticloadbalancing:DescribeTargetGroups']
      ?.TargetGroups?.[0]
    expect(group?.HealthCheckPath).toBeUndefined()
    expect(group?.Matcher).toBeUndefined()
  })

  test('a group that a rule forwards to has a load balancer, and its targets are checked', () => {
    const { patch } = cases['listener-rule']
    const groups = applied(cases['listener-rule']).responses['elasticloadbalancing:DescribeTargetGroups']
      ?.TargetGroups
    const group = groups?.find(({ TargetGroupArn }) => TargetGroupArn === patch.targetGroupArn)
    expect(group?.LoadBalancerArns).toHaveLength(1)
    expect(
      health(cases['listener-rule'], patch.targetGroupArn).map(({ TargetHealth }) => TargetHealth?.State),
    ).toEqual(['initial'])
  })

  test('targets of a zone that is enabled now are checked, the others stay as they are', () => {
    const states = health(cases['load-balancer-subnets'], zones.targetGroup).map(
      ({ TargetHealth }) => TargetHealth?.State,
    )
    expect(states).toEqual(['healthy', 'healthy', 'initial'])
  })

  test('an instance that is started is checked again', () => {
    const { patch } = cases['start-instances']
    const { responses } = applied(cases['start-instances'])
    const instances = responses['ec2:DescribeInstances']?.Reservations?.flatMap(
      ({ Instances = [] }) => Instances,
    )
    expect(instances?.map(({ State }) => State?.Name)).toEqual(['running', 'running'])
    const all = Object.values(responses['elasticloadbalancing:DescribeTargetHealth'] ?? {})
    const own = all
      .flatMap(({ TargetHealthDescriptions = [] }) => TargetHealthDescriptions)
      .find(({ Target }) => Target.Id === patch.instanceIds[0])
    expect(own?.TargetHealth?.State).toBe('initial')
  })

  test('registered targets get the group’s port, deregistered ones are gone', () => {
    const { patch, snapshot } = cases.targets
    const now = health(cases.targets, patch.targetGroupArn)
    expect(now.map(({ Target }) => Target.Port)).toEqual([8000, 8000, 8000, 8000])
    const [first] = now
    const gone = { ...patch, action: 'deregister' as const, targets: [{ id: first?.Target.Id ?? '' }] }
    expect(health({ snapshot, patch: gone }, patch.targetGroupArn)).toHaveLength(1)
    const never = { ...gone, targets: [{ id: '10.99.0.1' }] }
    expect(applyPatch(snapshot, never)).toBeUndefined()
  })
})

describe('what AWS would refuse is not applied', () => {
  test('an entry under a number that is taken', () => {
    const { patch, snapshot } = cases['network-acl-entry']
    const taken = { ...patch, entry: { ...patch.entry, RuleNumber: 120 } }
    expect(applyPatch(snapshot, taken)).toBeUndefined()
    expect(applyPatch(snapshot, { ...taken, entry: { ...taken.entry, RuleNumber: 121 } })).toBeDefined()
  })

  test('a second route to one destination, and the replacement of one that is not there', () => {
    const { patch, snapshot } = cases.route
    const everywhere = { ...patch, route: { ...patch.route, DestinationCidrBlock: '0.0.0.0/0' } }
    expect(applyPatch(snapshot, everywhere)).toBeUndefined()
    expect(applyPatch(snapshot, { ...everywhere, replaces: true })).toBeDefined()
    expect(applyPatch(snapshot, { ...patch, replaces: true })).toBeUndefined()
  })
})

describe('a network with patches applied', () => {
  test('the snapshot in it and its compiled form say the same', () => {
    const shop = bakeryShop()
    aws.setEgress(shop.world, shop.albGroup)
    const network = compileNetwork(aws.snapshotOf(shop.world))
    const rule = {
      IpProtocol: 'tcp',
      FromPort: 8000,
      ToPort: 8000,
      UserIdGroupPairs: [{ GroupId: shop.webGroup }],
    }
    const patched = applyPatches(network, [
      { kind: 'security-group-rule', groupId: shop.albGroup, direction: 'egress', permission: rule },
      { kind: 'target-group-settings', targetGroupArn: shop.targetGroup, settings: { HealthCheckPath: '/' } },
    ])
    if (!patched) throw new Error('not applied')
    const [node] =
      patched.interfacesByLoadBalancer.get(shop.loadBalancer.split(':loadbalancer/')[1] ?? '') ?? []
    const task = patched.interfaces.find(({ groups }) => groups.ids.includes(shop.webGroup))
    if (!node || !task) throw new Error('fixture')
    const ends = [node, task].map((nic) => ({ nic, address: nic.addresses[0] as number })) as [never, never]
    const verdict = (of: typeof network) => verdictOf(createJudge(of)(...ends, 6, 8000, 1024, 65535))
    expect([verdict(network), verdict(patched), verdict(compileNetwork(patched.snapshot))]).toEqual([
      'blocked',
      'reachable',
      'reachable',
    ])
    expect(
      patched.snapshot.scopes[0]?.responses['elasticloadbalancing:DescribeTargetGroups']?.TargetGroups?.[0]
        ?.HealthCheckPath,
    ).toBe('/')
    expect(patched.interfaces).toBe(network.interfaces)
  })

  test('undefined when one of the patches does not apply', () => {
    const { snapshot, patch } = cases['security-group-rule']
    const elsewhere = { ...patch, groupId: 'sg-00000000000000000' }
    expect(applyPatches(compileNetwork(snapshot), [patch, elsewhere])).toBeUndefined()
  })
})
