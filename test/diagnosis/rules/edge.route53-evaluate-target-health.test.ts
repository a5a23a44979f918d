/** Route 53 turns clients away from a load balancer for one of its target groups. */
import { describe, expect, it } from 'vitest'
import { audit } from '../../../shared/audit.ts'
import { everything } from '../../../shared/selection.ts'
import type { Operation } from '../../../shared/snapshot/operations.ts'
import { parseSnapshot } from '../../../shared/snapshot/parse.ts'
import { redactSnapshot } from '../../../shared/snapshot/redact.ts'
import * as aws from '../../fixtures/index.ts'
import { bakeryCounters } from '../../fixtures/themes/bakery-counters.ts'
import { bakeryShop } from '../../fixtures/themes/bakery-shop.ts'
import { causeOf, codes, diagnosed, missingFor, reasonAgainst } from '../diagnosed.ts'

type Counters = ReturnType<typeof bakeryCounters>

const alias = ({ world, zone }: Counters) =>
  aws.theOne(world.recordSets[zone] ?? [], (one) => one.SetIdentifier === 'tokyo', 'alias')
const targetOf = (counters: Counters, changes: object) =>
  Object.assign(alias(counters).AliasTarget ?? {}, changes)
const findingIn = (json: unknown) =>
  audit(parseSnapshot(json), everything).findings.find(({ subject }) => subject.kind === 'load-balancer')
const diagnosisOf = ({ world, loadBalancer }: Counters) => diagnosed(world, loadBalancer)

describe('edge.route53-evaluate-target-health', () => {
  const code = 'edge.route53-evaluate-target-health'

  it('one of two groups has no healthy target: clients of the other are sent to the other city', () => {
    const counters = bakeryCounters()
    const finding = findingIn(aws.jsonOf(counters.world))
    expect(finding?.rootCause).toMatchObject({
      code,
      confidence: 'proven',
      title: `Route 53 turns clients of ${counters.host} away from load balancer bakery because bakery-cakes has no healthy target, though bakery-web has`,
      component: { type: 'record-set', id: `${counters.host}/tokyo` },
    })
    const [cure] = finding?.remediation ?? []
    expect(cure?.verified).toBe(true)
    expect(cure?.steps[0]?.cli[0]).toContain('"SetIdentifier":"tokyo","Weight":80')
    expect(cure?.steps[0]?.cli[0]).toContain('"EvaluateTargetHealth":false')
  })

  it('a group in which nothing is registered counts as unhealthy, too', () => {
    const counters = bakeryCounters()
    counters.world.targetHealth[counters.cakes] = { TargetHealthDescriptions: [] }
    expect(codes(diagnosisOf(counters))).toEqual([code])
  })

  it('aliases for IPv4 and IPv6 are one cause with one cure', () => {
    const counters = bakeryCounters()
    const both = counters.world.recordSets[counters.zone] ?? []
    both.push(...both.map((one) => ({ ...one, Type: 'AAAA' as const })))
    const finding = findingIn(aws.jsonOf(counters.world))
    expect(finding?.otherCauses).toEqual([])
    expect(finding?.remediation[0]).toMatchObject({ verified: true, steps: [{}, {}] })
  })

  it('is told of a redacted snapshot, too', () => {
    const { world } = bakeryCounters()
    for (const one of world.loadBalancers) one.DNSName = one.DNSName?.replace('bakery', 'Bakery')
    expect(findingIn(redactSnapshot(aws.jsonOf(world)))?.rootCause.code).toBe(code)
  })

  it('is not: a load balancer with one target group, which is down', () => {
    const counters = bakeryCounters()
    aws.targetGroupOf(counters.world, counters.cakes).LoadBalancerArns = []
    aws.setHealth(counters.world, counters.targetGroup, aws.health.timeout)
    expect(reasonAgainst(diagnosisOf(counters), code)).toContain('better off elsewhere')
  })

  it('is not: a group with a single healthy target left', () => {
    const counters = bakeryCounters()
    const [first] = counters.world.targetHealth[counters.cakes]?.TargetHealthDescriptions ?? []
    if (first) first.TargetHealth = { State: 'healthy' }
    expect(reasonAgainst(diagnosisOf(counters), code)).toContain('unhealthy as a whole')
  })

  it.each<[string, (counters: Counters) => unknown]>([
    ['an alias that does not ask', (counters) => targetOf(counters, { EvaluateTargetHealth: false })],
    ['an alias without another record set of its name', ({ world, zone }) => world.recordSets[zone]?.pop()],
    ['an alias of weight 0', (counters) => Object.assign(alias(counters), { Weight: 0 })],
    ['a secondary one', (counters) => Object.assign(alias(counters), { Failover: 'SECONDARY' })],
    ['an alias of another load balancer', (counters) => targetOf(counters, { DNSName: 'mill.elb.example.' })],
    ['targets that are new', ({ world, cakes }) => aws.setHealth(world, cakes, aws.health.firstChecks)],
  ])('is not: %s', (_, change) => {
    const counters = bakeryCounters()
    change(counters)
    expect(codes(diagnosisOf(counters))).toEqual([])
  })

  it('no cure is proposed for a record set that a traffic policy writes', () => {
    const counters = bakeryCounters()
    alias(counters).TrafficPolicyInstanceId = '0f9cbd3e-0f9c-4f9c-8f9c-0f9cbd3e0f9c'
    expect(causeOf(diagnosisOf(counters), code).fixes).toEqual([])
  })

  it.each<Operation>([
    'route53:ListHostedZones',
    'route53:ListResourceRecordSets',
    'elasticloadbalancing:DescribeTargetHealth',
  ])('is unknown without %s', (operation) => {
    const { world, loadBalancer } = bakeryCounters()
    const json = aws.withError(aws.jsonOf(world), operation)
    expect(missingFor(diagnosed(json, loadBalancer), code)).toEqual([operation])
  })

  it('is unknown where one of the zones is not told', () => {
    const counters = bakeryCounters()
    delete counters.world.recordSets[counters.zone]
    expect(missingFor(diagnosisOf(counters), code)).toEqual(['route53:ListResourceRecordSets'])
  })

  it('is not looked at, and not unknown, where nobody asked Route 53, or all groups are well', () => {
    const { world, loadBalancer } = bakeryCounters()
    const json = aws.jsonOf(world)
    delete json.scopes[0]?.responses['route53:ListHostedZones']
    delete json.scopes[0]?.responses['route53:ListResourceRecordSets']
    expect(missingFor(diagnosed(json, loadBalancer), code)).toEqual([])
    const well = aws.withError(aws.jsonOf(bakeryShop().world), 'route53:ListHostedZones')
    expect(audit(parseSnapshot(well), everything).findings).toEqual([])
  })
})
