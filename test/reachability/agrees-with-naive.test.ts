/**
 * The engine against the naive evaluator on random small networks. HCA_SEED=n repeats a run; fast-check prints the
 * seed, and the smallest network and flow it finds, when they disagree.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileSnapshot } from '../../shared/explain.ts'
import { parseSnapshot } from '../../shared/snapshot/parse.ts'
import type { Snapshot } from '../../shared/snapshot/types.ts'
import { openArchipelago } from '../naive/archipelago.ts'
import { archipelagoSnapshot } from '../naive/archipelago-snapshot.ts'
import { readAws } from '../naive/aws.ts'
import { http, internet, networkAcls, routing, securityGroups } from '../naive/cases.ts'
import { ask, disagreement } from '../naive/compare.ts'
import { areProven, confront, ENOUGH, noFindings } from '../naive/confront.ts'
import { enumerate } from '../naive/enumerate.ts'
import type { Packet } from '../naive/evaluator.ts'
import { type Flow, type FlowPlan, flowIn, flowPlan } from '../naive/flows.ts'
import { hasGap } from '../naive/gaps.ts'
import { openHarbour, snapshotOf } from '../naive/harbour.ts'
import { islandCases } from '../naive/island-cases.ts'
import { demandedOtherwise, judgedOtherwise } from '../naive/judged.ts'
import { network } from '../naive/networks.ts'
import { count, newTally, summary } from '../naive/tally.ts'
import { buildSnapshot } from '../naive/topology.ts'
import type { NetworkPlan } from '../naive/topology-plan.ts'
import { allKinds } from '../naive/ways.ts'

const seed = Number(process.env.HCA_SEED ?? Date.now() % 2 ** 31)
const NETWORKS = 2000
const FLOWS = 10
const TIMEOUT = 300_000

const flowPlans = fc.array(flowPlan, { minLength: 6, maxLength: FLOWS, size: 'max' })
const randomPorts = fc.array(fc.integer({ min: 1, max: 65535 }), { minLength: 2, maxLength: 2 })

function build(plan: NetworkPlan) {
  const snapshot = parseSnapshot(buildSnapshot(plan))
  return { aws: readAws(snapshot), compiled: compileSnapshot(snapshot) }
}

const flowsIn = (plan: NetworkPlan, plans: readonly FlowPlan[]): readonly Flow[] =>
  plans.flatMap((flow) => flowIn(plan, flow) ?? [])

const only = (port: number) => ({ from: port, to: port })

function flowOf(given: Partial<Packet> & Pick<Packet, 'from' | 'to'>): Flow {
  const { sourcePort, destinationPort, protocol, from, to } = { ...http, ...given }
  return {
    from,
    to,
    ipv6: `${from}${to}`.includes(':'),
    protocol: protocol === 6 ? 'tcp' : protocol === 17 ? 'udp' : 'icmp',
    sourcePorts: only(sourcePort),
    destinationPorts: only(destinationPort),
  }
}

function disagreementOn(snapshot: Snapshot, flow: Flow): string | undefined {
  const parsed = parseSnapshot(snapshot)
  const naive = enumerate(readAws(parsed), flow, [])
  return naive && disagreement(ask(compileSnapshot(parsed), flow), naive)
}

describe('the engine, on the cases that the naive evaluator was checked with', () => {
  it.each([...securityGroups, ...networkAcls, ...routing, ...internet])('$says', ({ change, packet }) => {
    const harbour = openHarbour()
    change?.(harbour)
    expect(disagreementOn(snapshotOf(harbour), flowOf(packet))).toBeUndefined()
  })
})

describe.each(Object.entries(islandCases))('the engine, on the islands: %s', (_, cases) => {
  it.each(cases)('$says', ({ change, packet }) => {
    const world = openArchipelago()
    change?.(world)
    expect(disagreementOn(archipelagoSnapshot(world), flowOf(packet))).toBeUndefined()
  })
})

describe('the engine and the naive evaluator', () => {
  it(
    'agree on verdict and blocking layers, there and back, for single ports and for sets of them',
    () => {
      const tally = newTally()
      const property = fc.property(network, flowPlans, randomPorts, (plan, plans, extra) => {
        const { aws, compiled } = build(plan)
        for (const flow of flowsIn(plan, plans)) {
          const naive = enumerate(aws, flow, extra)
          const answer = ask(compiled, flow)
          count(tally, aws, flow, naive, hasGap(answer))
          const differs =
            naive &&
            (disagreement(answer, naive) ??
              judgedOtherwise(compiled, flow, answer) ??
              demandedOtherwise(compiled, flow))
          if (differs) throw new Error(`${JSON.stringify(flow)}\n${differs}`)
        }
      })
      fc.assert(property, { seed, numRuns: NETWORKS })
      const { pairs, shares, text } = summary(tally)
      console.log(`${NETWORKS} networks (HCA_SEED=${seed}): ${text}`)
      console.table(tally.ways)
      expect(pairs).toBeGreaterThan(2000)
      expect(shares.reachable).toBeGreaterThan(0.2)
      expect(shares.blocked).toBeGreaterThan(0.2)
      expect(shares.partial).toBeGreaterThan(0.005)
      expect(shares.gaps).toBeLessThan(0.02)
      for (const kind of allKinds) {
        expect(Math.min(tally.ways[kind].reachable, tally.ways[kind].blocked), kind).toBeGreaterThan(0)
      }
    },
    TIMEOUT,
  )

  it(
    'would not agree if one of them were wrong',
    () => {
      const findings = noFindings()
      const samples = fc.sample(fc.tuple(network, flowPlans), { seed, numRuns: NETWORKS })
      const needed = samples.findIndex(([plan, plans]) => {
        const { aws, compiled } = build(plan)
        for (const flow of flowsIn(plan, plans)) confront(aws, compiled, flow, findings)
        return areProven(findings)
      })
      console.log(
        `pairs in which an evaluator is wrong, up to ${ENOUGH} caught, after ${needed + 1} networks:`,
      )
      console.table(Object.fromEntries(findings))
      for (const [name, { caught }] of findings) expect(caught, name).toBeGreaterThan(0)
    },
    TIMEOUT,
  )
})
