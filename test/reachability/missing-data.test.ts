/** What AWS did not tell is `unknown`, with the operation that would tell. Fail-open is the one unforgivable bug. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileSnapshot, explainQuery } from '../../shared/explain.ts'
import { InputError } from '../../shared/input-error.ts'
import type { Explanation, Verdict } from '../../shared/reachability/result.ts'
import type { Operation } from '../../shared/snapshot/operations.ts'
import { parseSnapshot } from '../../shared/snapshot/parse.ts'
import type { Snapshot } from '../../shared/snapshot/types.ts'
import { ask } from '../naive/compare.ts'
import { type Flow, flowIn, flowPlan } from '../naive/flows.ts'
import { type Harbour, INTERNET_HOST, openHarbour, snapshotOf } from '../naive/harbour.ts'
import { network } from '../naive/networks.ts'
import { absent, denied, withoutList, withoutOne } from '../naive/remove.ts'
import { buildSnapshot } from '../naive/topology.ts'

/** The crane calls the ship by a prefix list; the ship admits the crane's group. */
function strictHarbour(): Harbour {
  const harbour = openHarbour()
  const tcp = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }
  harbour.prefixList = ['10.1.0.0/16', '8.8.8.0/24']
  harbour.egress.crane = [{ ...tcp, PrefixListIds: [{ PrefixListId: 'pl-stores' }] }]
  harbour.ingress.ship = [{ ...tcp, UserIdGroupPairs: [{ GroupId: 'sg-crane' }] }]
  return harbour
}

interface Path {
  readonly name: string
  readonly from: string
  readonly to: string
  /** What the path cannot be judged without, and one object of each that is on the path. */
  readonly needs: Partial<Record<Operation, string>>
}

const everyPath = {
  'ec2:DescribeNetworkInterfaces': 'eni-crane',
  'ec2:DescribeSecurityGroups': 'sg-crane',
}
const acrossSubnets = {
  ...everyPath,
  'ec2:DescribeSubnets': 'subnet-quay',
  'ec2:DescribeRouteTables': 'rtb-quay',
}
const PATHS: readonly Path[] = [
  {
    name: 'crane to ship, over a peering connection',
    from: 'eni-crane',
    to: 'eni-ship',
    needs: {
      ...acrossSubnets,
      'ec2:DescribeNetworkAcls': 'acl-sea',
      'ec2:DescribeVpcPeeringConnections': 'pcx-harbour-ship',
      'ec2:GetManagedPrefixListEntries': 'pl-stores',
    },
  },
  {
    name: 'crane to ship, what is on the ship side',
    from: 'eni-crane',
    to: 'eni-ship',
    needs: {
      'ec2:DescribeNetworkInterfaces': 'eni-ship',
      'ec2:DescribeSecurityGroups': 'sg-ship',
      'ec2:DescribeSubnets': 'subnet-sea',
      'ec2:DescribeRouteTables': 'rtb-sea',
      'ec2:DescribeNetworkAcls': 'acl-quay',
    },
  },
  {
    name: 'crane to the internet',
    from: 'eni-crane',
    to: INTERNET_HOST,
    needs: {
      ...acrossSubnets,
      'ec2:DescribeNetworkAcls': 'acl-quay',
      'ec2:GetManagedPrefixListEntries': 'pl-stores',
    },
  },
  {
    name: 'store to the internet, through the NAT gateway',
    from: 'eni-store',
    to: INTERNET_HOST,
    needs: {
      'ec2:DescribeNetworkInterfaces': 'eni-store',
      'ec2:DescribeSecurityGroups': 'sg-store',
      'ec2:DescribeSubnets': 'subnet-warehouse',
      'ec2:DescribeRouteTables': 'rtb-warehouse',
      'ec2:DescribeNetworkAcls': 'acl-warehouse',
      'ec2:DescribeNatGateways': 'nat-harbour',
    },
  },
  {
    name: 'store to the internet, what is on the NAT gateway side',
    from: 'eni-store',
    to: INTERNET_HOST,
    needs: { 'ec2:DescribeRouteTables': 'rtb-quay', 'ec2:DescribeNetworkAcls': 'acl-quay' },
  },
]

const answer = (snapshot: Snapshot, { from, to }: Pick<Path, 'from' | 'to'>): Explanation =>
  explainQuery(compileSnapshot(parseSnapshot(snapshot)), { from, to, protocol: 'tcp', port: 443 })

const operationsOf = (path: Path) => Object.entries(path.needs) as [Operation, string][]
const cases = PATHS.flatMap((path) =>
  operationsOf(path).map(([operation, object]) => ({ name: path.name, path, operation, object })),
)

/** Block Public Access is asked on the way to the internet only, and has no list of objects. */
const blockPublicAccess = PATHS.filter(({ to }) => to === INTERNET_HOST)

function expectUnknown(explanation: Explanation, operation: Operation) {
  expect(explanation.verdict).toBe('unknown')
  expect(explanation.unknown.map(({ missing }) => missing)).toContain(operation)
}

describe('with everything told', () => {
  it.each(PATHS)('$name is reachable', (path) => {
    const { verdict, unknown } = answer(snapshotOf(strictHarbour()), path)
    expect({ verdict, unknown }).toEqual({ verdict: 'reachable', unknown: [] })
  })
})

describe('an operation that was not told', () => {
  const snapshot = snapshotOf(strictHarbour())
  it.each(cases)('$name: $operation absent', ({ path, operation }) => {
    expectUnknown(answer(absent(snapshot, operation), path), operation)
  })
  it.each(cases)('$name: $operation denied', ({ path, operation }) => {
    const explanation = answer(denied(snapshot, operation), path)
    expectUnknown(explanation, operation)
    expect(explanation.unknown.map(({ because }) => because).join()).toContain('AccessDenied')
  })
  it.each(cases)('$name: $operation without its list', ({ path, operation }) => {
    expectUnknown(answer(withoutList(snapshot, operation), path), operation)
  })
  it.each(cases)('$name: $operation, a selection without $object', ({ path, operation, object }) => {
    expectUnknown(answer(withoutOne(snapshot, operation, object), path), operation)
  })
  it.each(blockPublicAccess)('$name: Block Public Access absent or denied', (path) => {
    const operation = 'ec2:DescribeVpcBlockPublicAccessOptions'
    expectUnknown(answer(absent(snapshot, operation), path), operation)
    expectUnknown(answer(denied(snapshot, operation), path), operation)
  })
})

describe('a path that is blocked anyway', () => {
  it('stays blocked, and still names what is not known', () => {
    const harbour = strictHarbour()
    harbour.egress.crane = []
    const operation = 'ec2:DescribeNetworkAcls'
    const explanation = answer(denied(snapshotOf(harbour), operation), { from: 'eni-crane', to: 'eni-ship' })
    expect(explanation.verdict).toBe('blocked')
    expect(explanation.unknown.map(({ missing }) => missing)).toContain(operation)
  })
})

describe('whatever is taken away', () => {
  const seed = Number(process.env.HCA_SEED ?? Date.now() % 2 ** 31)
  const RANK = { unknown: -1, blocked: 0, partial: 1, reachable: 2 } as const

  it('never makes a verdict better', { timeout: 120_000 }, () => {
    const count = { same: 0, worse: 0, unknown: 0 }
    const property = fc.property(network, flowPlan, fc.nat(), (plan, flow, choice) => {
      const asked = flowIn(plan, flow)
      if (!asked) return
      const { before, after } = beforeAndAfter(parseSnapshot(buildSnapshot(plan)), asked, choice)
      // From "unknown" to "blocked" is no better: with less to be had, less is left open.
      const better = after.find(({ now }) => now !== 'blocked' && RANK[now] > RANK[before])
      if (better)
        throw new Error(`${JSON.stringify(asked)}\n${before} became ${better.now} with ${better.how}`)
      for (const { now } of after) count[changeOf(before, now)] += 1
    })
    fc.assert(property, { seed, numRuns: 60 })
    console.log(`took one answer of AWS away (HCA_SEED=${seed}), the verdict was then:`, count)
    expect(Math.min(count.same, count.unknown)).toBeGreaterThan(300)
  })
})

const changeOf = (before: Verdict, now: Verdict) =>
  now === 'unknown' ? now : now === before ? 'same' : 'worse'

const beforeAndAfter = (snapshot: Snapshot, flow: Flow, choice: number) => ({
  before: verdictOf(snapshot, flow),
  after: poorerThan(snapshot, choice).map(({ poorer, how }) => ({ how, now: verdictOf(poorer, flow) })),
})

function poorerThan(snapshot: Snapshot, choice: number) {
  const operations = Object.keys(snapshot.scopes[0]?.responses ?? {}) as Operation[]
  return operations.flatMap((operation) => [
    { how: `${operation} absent`, poorer: absent(snapshot, operation) },
    { how: `${operation} denied`, poorer: denied(snapshot, operation) },
    { how: `${operation} without its list`, poorer: withoutList(snapshot, operation) },
    { how: `number ${choice} of ${operation} not selected`, poorer: withoutOne(snapshot, operation, choice) },
  ])
}

/** An end that is no longer there cannot be asked about. */
function verdictOf(snapshot: Snapshot, flow: Flow): Verdict {
  try {
    return ask(compileSnapshot(snapshot), flow).verdict
  } catch (error) {
    if (error instanceof InputError) return 'unknown'
    throw error
  }
}
