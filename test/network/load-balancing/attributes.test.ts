/** Cross-zone load balancing, preserved client addresses and IPv6 from the internet: attributes and AWS's defaults. */
import { describe, expect, it, test } from 'vitest'
import {
  loadBalancerAttributes,
  targetGroupAttributes,
} from '../../../shared/network/load-balancing/attributes.ts'
import { clientIpPreserved } from '../../../shared/network/load-balancing/client-ip.ts'
import { crossZone } from '../../../shared/network/load-balancing/cross-zone.ts'
import { deniesInternetGateway } from '../../../shared/network/load-balancing/igw-traffic.ts'
import type { Known, Scope } from '../../../shared/snapshot/types.ts'

const ELB = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333'
const GROUP = `${ELB}:targetgroup/ferries/0123456789abcdef`
const balancer = (kind: 'app' | 'net') => ({
  LoadBalancerArn: `${ELB}:loadbalancer/${kind}/pier/0123456789abcdef`,
  Scheme: 'internal',
})

type Attribute = { readonly Key?: string; readonly Value?: string }

const scopeWith = (group: readonly Attribute[], ofBalancer: readonly Attribute[] = []): Scope => ({
  accountId: '111122223333',
  region: 'eu-west-1',
  coverage: 'region',
  responses: {
    'elasticloadbalancing:DescribeTargetGroupAttributes': { [GROUP]: { Attributes: group } },
    'elasticloadbalancing:DescribeLoadBalancerAttributes': {
      [balancer('app').LoadBalancerArn]: { Attributes: ofBalancer },
      [balancer('net').LoadBalancerArn]: { Attributes: ofBalancer },
    },
  },
  errors: {},
})

const factOf = <T>(fact: Known<T>): T | undefined => (fact.known ? fact.value : undefined)
const missingOf = (fact: Known<unknown>): string | undefined =>
  fact.known ? undefined : fact.missing.missing

const KEY = 'load_balancing.cross_zone.enabled'
const set = (Value: string): readonly Attribute[] => [{ Key: KEY, Value }]
const inherit = set('use_load_balancer_configuration')

describe('cross-zone load balancing', () => {
  const asked = (kind: 'app' | 'net', group: readonly Attribute[], of: readonly Attribute[] = []) => {
    const scope = scopeWith(group, of)
    return crossZone(scope, balancer(kind), targetGroupAttributes(scope, GROUP))
  }
  it.each([
    ['ALB by default', 'app', [], [], true],
    ['ALB, group off', 'app', set('false'), [], false],
    ['ALB never by itself', 'app', inherit, set('false'), true],
    ['NLB by default', 'net', [], [], false],
    ['NLB on', 'net', inherit, set('true'), true],
    ['NLB on, group off', 'net', set('false'), set('true'), false],
    ['NLB off, group on', 'net', set('true'), set('false'), true],
  ] as const)('%s', (_name, kind, group, of, on) => {
    expect(factOf(asked(kind, group, of))).toBe(on)
  })
  it.each([
    ['a value that is none', 'net', set('maybe'), [], 'elasticloadbalancing:DescribeTargetGroupAttributes'],
    ['of the load balancer', 'net', inherit, set(''), 'elasticloadbalancing:DescribeLoadBalancerAttributes'],
    ['without a key', 'app', [{ Value: 'true' }], [], 'elasticloadbalancing:DescribeTargetGroupAttributes'],
  ] as const)('%s is not known', (_name, kind, group, of, operation) => {
    expect(missingOf(asked(kind, group, of))).toBe(operation)
  })
  it('of a load balancer of no known type is not known', () => {
    const scope = scopeWith(inherit)
    const strange = { LoadBalancerArn: 'pier' }
    expect(missingOf(crossZone(scope, strange, targetGroupAttributes(scope, GROUP)))).toBe(
      'elasticloadbalancing:DescribeLoadBalancers',
    )
  })
})

describe('client addresses', () => {
  const asked = (TargetType: string | undefined, Protocol: string, group: readonly Attribute[] = []) =>
    clientIpPreserved(
      { TargetGroupArn: GROUP, TargetType, Protocol },
      targetGroupAttributes(scopeWith(group), GROUP),
    )
  const preserve = (Value: string) => [{ Key: 'preserve_client_ip.enabled', Value }]
  it.each([
    ['instance', 'TCP', [], true],
    ['instance', 'TCP', preserve('false'), false],
    ['ip', 'TCP', [], false],
    ['ip', 'TLS', preserve('true'), true],
    ['ip', 'UDP', preserve('false'), true],
    ['ip', 'TCP_QUIC', [], true],
    ['alb', 'TCP', [], true],
  ] as const)('of targets by %s over %s with %o', (type, protocol, group, on) => {
    expect(factOf(asked(type, protocol, group))?.on).toBe(on)
  })
  it('are not known without the target type, or with a value that is none', () => {
    expect(missingOf(asked(undefined, 'TCP'))).toBe('elasticloadbalancing:DescribeTargetGroups')
    expect(missingOf(asked('ip', 'TCP', preserve('')))).toBe(
      'elasticloadbalancing:DescribeTargetGroupAttributes',
    )
  })
})

describe('IPv6 from internet gateways', () => {
  it.each([
    ['internal', true],
    ['internet-facing', false],
  ])('is denied by default: %s %s', (Scheme, denied) => {
    expect(factOf(deniesInternetGateway(scopeWith([]), { ...balancer('net'), Scheme }))).toBe(denied)
  })
  it('is not known without the scheme', () => {
    const fact = deniesInternetGateway(scopeWith([]), { ...balancer('net'), Scheme: undefined })
    expect(missingOf(fact)).toBe('elasticloadbalancing:DescribeLoadBalancers')
  })
})

test('attributes without their list are not known', () => {
  const cut = {
    ...scopeWith([]),
    responses: { 'elasticloadbalancing:DescribeLoadBalancerAttributes': { [GROUP]: {} } },
  }
  expect(missingOf(loadBalancerAttributes(cut, GROUP))).toBe(
    'elasticloadbalancing:DescribeLoadBalancerAttributes',
  )
})
