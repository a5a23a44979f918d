import { describe, expect, test, vi } from 'vitest'
import { causes } from '../../shared/diagnosis/causes.ts'
import { diagnose } from '../../shared/diagnosis/diagnose.ts'
import { incidentsOf } from '../../shared/diagnosis/facts/index.ts'
import type { Fix, Patch } from '../../shared/diagnosis/fix.ts'
import type { Incident } from '../../shared/diagnosis/incident.ts'
import type { RankedCause } from '../../shared/diagnosis/ranking.ts'
import { compileNetwork, type Network } from '../../shared/network/network.ts'
import { remediate } from '../../shared/remediation/remedy.ts'
import { everything } from '../../shared/selection.ts'
import type { Snapshot } from '../../shared/snapshot/types.ts'
import * as aws from '../fixtures/index.ts'
import { bakeryShop } from '../fixtures/themes/bakery-shop.ts'
import { orchardOrders } from '../fixtures/themes/orchard-orders.ts'
import { parcelTracking } from '../fixtures/themes/parcel-tracking.ts'
import { awsCallsIn } from './read-cli.ts'

const selection = (arn: string) => ({ ...everything, targetGroups: [arn] })

function incidentOf(network: Network, arn: string): Incident {
  const incident = incidentsOf(network, selection(arn)).find(({ subject }) => subject.arn === arn)
  if (!incident) throw new Error(`fixture: no ${arn}`)
  return incident
}

/** What the second analysis still finds that configuration could cure. */
const configured = (incident: Incident) =>
  diagnose(incident).causes.filter(({ code }) =>
    ['path', 'port', 'registration'].includes(causes[code].class),
  )

const cleanFor = (arn: string) => (patched: Network) => configured(incidentOf(patched, arn)).length === 0

function remediationsOf(snapshot: Snapshot, arn: string) {
  const incident = incidentOf(compileNetwork(snapshot), arn)
  return remediate(incident, diagnose(incident), cleanFor(arn))
}

/** The bakery whose load balancer has no way out, and perhaps no way into the tasks either. */
function closedBakery({ ingress = true } = {}) {
  const shop = bakeryShop()
  aws.setEgress(shop.world, shop.albGroup)
  if (!ingress) aws.setIngress(shop.world, shop.webGroup)
  aws.setHealth(shop.world, shop.targetGroup, aws.health.timeout)
  return { ...shop, snapshot: aws.snapshotOf(shop.world) }
}

const openCalls = (steps: readonly { readonly cli: readonly string[] }[]) =>
  steps
    .flatMap(({ cli }) => cli)
    .flatMap(awsCallsIn)
    .map(({ operation, input }) => [operation, input.GroupId])

describe('the cure of a load balancer without egress', () => {
  test('is one rule to the tasks’ group, verified, and says what it opens', () => {
    const shop = closedBakery()
    const [first, ...others] = remediationsOf(shop.snapshot, shop.targetGroup)
    expect(first?.verified).toBe(true)
    expect(openCalls(first?.steps ?? [])).toEqual([['authorize-security-group-egress', shop.albGroup]])
    expect(first?.opens).toBe(
      `tcp 8000 from every interface with ${shop.albGroup} (bakery-alb; 2 interfaces) to every interface with ${shop.webGroup} (bakery-web; 2 interfaces); 4 pairs of interfaces can connect that could not before`,
    )
    expect(others.every(({ verified }) => verified)).toBe(true)
    expect(others[0]?.opens).toContain('to 10.0.10.0/24 (1 interface)')
  })

  test('takes the way into the tasks along where that is closed, too', () => {
    const shop = closedBakery({ ingress: false })
    for (const { verified, steps } of remediationsOf(shop.snapshot, shop.targetGroup)) {
      expect(verified).toBe(true)
      expect(new Set(openCalls(steps).map(([operation, group]) => `${operation} ${group}`))).toEqual(
        new Set([
          `authorize-security-group-egress ${shop.albGroup}`,
          `authorize-security-group-ingress ${shop.webGroup}`,
        ]),
      )
    }
  })
})

test('a Network Load Balancer’s own addresses are admitted before its subnets', () => {
  const parcels = parcelTracking({ ingress: [] })
  aws.setHealth(parcels.world, parcels.targetGroup, aws.health.failed)
  const cures = remediationsOf(aws.snapshotOf(parcels.world), parcels.targetGroup)
  expect(cures.map(({ verified }) => verified)).toEqual([true, true])
  expect(cures[0]?.opens).toMatch(
    /^tcp 8080 from 10\.30\.10\.\d+\/32 \(1 interface\) to every interface with sg-\w+ \(parcels-tracker; 2 interfaces\)/,
  )
  expect(cures[0]?.opens).toMatch(/; 4 pairs of interfaces can connect that could not before$/)
})

test('a network ACL that cuts replies gets entries with free numbers, and lets all replies through', () => {
  const orchard = orchardOrders({ replyPorts: [32768, 61000] })
  aws.setHealth(orchard.world, orchard.targetGroup, aws.health.timeout)
  const [cure] = remediationsOf(aws.snapshotOf(orchard.world), orchard.targetGroup)
  expect(cure?.verified).toBe(true)
  const numbers =
    cure?.steps
      .flatMap(({ cli }) => cli)
      .flatMap(awsCallsIn)
      .map(({ input }) => input.RuleNumber) ?? []
  expect(numbers.length).toBeGreaterThan(0)
  expect(new Set(numbers).size).toBe(numbers.length)
  expect([100, 110, 120].filter((taken) => numbers.includes(taken))).toEqual([])
})

describe('verification', () => {
  const shop = closedBakery()
  const incident = incidentOf(compileNetwork(shop.snapshot), shop.targetGroup)
  const [root] = diagnose(incident).causes
  if (!root) throw new Error('fixture')
  const clean = cleanFor(shop.targetGroup)

  const egress = (port: number): Patch => ({
    kind: 'security-group-rule',
    groupId: shop.albGroup,
    direction: 'egress',
    permission: {
      IpProtocol: 'tcp',
      FromPort: port,
      ToPort: port,
      UserIdGroupPairs: [{ GroupId: shop.webGroup }],
    },
  })
  const fix = (patches: readonly Patch[], more: Partial<Fix> = {}): Fix => ({
    title: 'Let it out',
    patches,
    verifiable: true,
    ...more,
  })
  const cure = (fixes: readonly Fix[], others: readonly RankedCause[] = []) =>
    remediate(incident, { causes: [{ ...root, fixes }, ...others] }, clean)
  const other = (more: Partial<RankedCause>): RankedCause => ({
    ...root,
    code: 'net.target-sg-ingress',
    ...more,
  })

  test('a fix for the wrong port is never called verified', () => {
    expect(cure([fix([egress(8000)]), fix([egress(8001)])]).map(({ verified }) => verified)).toEqual([
      true,
      false,
    ])
    expect(cure([fix([egress(8001)])])[0]?.opens).toMatch(/no two interfaces connect that could not before$/)
  })

  test('a fix that cannot be shown by an analysis is never called verified, and none is run for it', () => {
    const verify = vi.fn(() => true)
    const fixes = [
      fix([egress(8000)], { verifiable: false }),
      fix([egress(8000)], { manual: { cli: ['aws x'] } }),
    ]
    const cures = remediate(incident, { causes: [{ ...root, fixes }] }, verify)
    expect(cures.map(({ verified }) => verified)).toEqual([false, false])
    expect(verify).not.toHaveBeenCalled()
  })

  test('a patch of something that is not in the snapshot is never called verified', () => {
    const elsewhere: Patch = {
      ...(egress(8000) as Extract<Patch, { kind: 'security-group-rule' }>),
      groupId: 'sg-0fffffffffffffff0',
    }
    const verify = vi.fn(() => true)
    const cures = remediate(
      incident,
      { causes: [{ ...root, fixes: [fix([egress(8000), elsewhere])] }] },
      verify,
    )
    expect(cures[0]?.verified).toBe(false)
    expect(cures[0]?.steps).toHaveLength(2)
    expect(verify).not.toHaveBeenCalled()
  })

  test('the analysis gets the patched network, and the incident’s own stays as it was', () => {
    const seen: Network[] = []
    remediate(
      incident,
      { causes: [{ ...root, fixes: [fix([egress(8000)])] }] },
      (patched) => seen.push(patched) > 0,
    )
    expect(seen).toHaveLength(1)
    expect(seen[0]).not.toBe(incident.network)
    expect(clean(incident.network)).toBe(false)
  })

  test('what two causes propose is done once', () => {
    const same = { ...egress(8000) }
    const [only] = cure(
      [fix([egress(8001)])],
      [other({ fixes: [fix([egress(8001), same], { title: 'And in' })] })],
    )
    expect(openCalls(only?.steps ?? [])).toHaveLength(2)
    expect(only?.title).toBe('Let it out; And in')
    expect(only?.verified).toBe(true)
  })

  test('another cause’s fix is left out where the root cause’s alone is enough', () => {
    const [only] = cure([fix([egress(8000)])], [other({ fixes: [fix([egress(9999)])] })])
    expect(only).toMatchObject({ verified: true, title: 'Let it out' })
    expect(only?.steps).toHaveLength(1)
  })

  test('another cause’s fix stays where no analysis can show that it is not needed', () => {
    const verify = vi.fn(() => true)
    const memory = other({
      code: 'ecs.oom',
      fixes: [fix([egress(9999)], { verifiable: false, title: 'More memory' })],
    })
    const found = [{ ...root, fixes: [fix([egress(8000)])] }, memory]
    expect(remediate(incident, { causes: found }, verify)).toMatchObject([
      { verified: false, title: 'Let it out; More memory', steps: [{}, {}] },
    ])
    expect(verify).not.toHaveBeenCalled()
  })

  test('possible causes and blind spots are not cured along', () => {
    const unneeded = [
      other({ confidence: 'possible', fixes: [fix([egress(1)])] }),
      other({
        code: 'hc.grpc-not-probed',
        class: 'blind-spot',
        confidence: 'proven',
        fixes: [fix([egress(2)])],
      }),
    ]
    const [only] = cure([fix([egress(8001)])], unneeded)
    expect(only?.steps).toHaveLength(1)
  })

  test('commands of a fix without a patch are steps as they are', () => {
    const manual = { cli: ['aws elbv2 create-target-group --name new'], terraform: 'x' }
    const [only] = cure([fix([], { manual, title: 'Make the group anew' })])
    expect(only?.steps).toEqual([{ title: 'Make the group anew', ...manual }])
    expect(only?.opens).toBe('what the commands without a patch open was not analysed')
  })

  test('a cure that changes no way says that it opens nothing', () => {
    const patch: Patch = {
      kind: 'target-group-settings',
      targetGroupArn: shop.targetGroup,
      settings: { HealthCheckPath: '/up' },
    }
    expect(cure([fix([patch], { verifiable: false })])[0]?.opens).toBe('nothing new becomes reachable')
  })

  test('no cause, or none that configuration can end: no remediation', () => {
    expect(remediate(incident, { causes: [] }, clean)).toEqual([])
    expect(cure([])).toEqual([])
  })
})

test('a step in another account says so', () => {
  const shop = closedBakery()
  const peer = bakeryShop({ accountId: '444455556666' })
  const network = compileNetwork(aws.snapshotOf([shop.world, peer.world]))
  const incident = incidentOf(network, shop.targetGroup)
  const [root] = diagnose(incident).causes
  if (!root) throw new Error('fixture')
  const patch: Patch = {
    kind: 'target-group-settings',
    targetGroupArn: peer.targetGroup,
    settings: { HealthCheckPath: '/up' },
  }
  const fixes = [{ title: 'Check elsewhere', patches: [patch], verifiable: false }]
  const [cure] = remediate(incident, { causes: [{ ...root, fixes }] }, () => true)
  expect(cure?.steps[0]?.title).toMatch(/\(in account 444455556666\)$/)
})
