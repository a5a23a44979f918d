/**
 * The engine against the naive evaluator on random small networks. HCA_SEED=n repeats a run; fast-check prints the
 * seed, and the smallest network and flow it finds, when they disagree.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileSnapshot } from '../../shared/explain.ts'
import { parseSnapshot } from '../../shared/snapshot/parse.ts'
import { type Aws, readAws } from '../naive/aws.ts'
import { http, internet, networkAcls, routing, securityGroups } from '../naive/cases.ts'
import { ask, disagreement, hasGap, type Network } from '../naive/compare.ts'
import { enumerate } from '../naive/enumerate.ts'
import { type Flow, type FlowPlan, flowIn, flowPlan } from '../naive/flows.ts'
import { openHarbour, snapshotOf } from '../naive/harbour.ts'
import { judgedOtherwise } from '../naive/judged.ts'
import { mutants } from '../naive/mutants.ts'
import { network } from '../naive/networks.ts'
import { buildSnapshot } from '../naive/topology.ts'
import type { NetworkPlan } from '../naive/topology-plan.ts'

const seed = Number(process.env.HCA_SEED ?? Date.now() % 2 ** 31)
const NETWORKS = 500
const FLOWS = 10
const TIMEOUT = 120_000

const flowPlans = fc.array(flowPlan, { minLength: 6, maxLength: FLOWS, size: 'max' })
const randomPorts = fc.array(fc.integer({ min: 1, max: 65535 }), { minLength: 2, maxLength: 2 })

function build(plan: NetworkPlan) {
  const snapshot = parseSnapshot(buildSnapshot(plan))
  return { aws: readAws(snapshot), compiled: compileSnapshot(snapshot) }
}

const flowsIn = (plan: NetworkPlan, plans: readonly FlowPlan[]): readonly Flow[] =>
  plans.flatMap((flow) => flowIn(plan, flow) ?? [])

/** The wrong evaluators that the engine does not agree with where it agrees with the right one. */
function givenAway(aws: Aws, compiled: Network, flow: Flow): readonly string[] {
  const answer = ask(compiled, flow)
  if (disagreement(answer, enumerate(aws, flow, []))) return []
  return Object.entries(mutants).flatMap(([name, wrong]) =>
    disagreement(answer, enumerate(aws, flow, [], wrong)) ? name : [],
  )
}

describe('the engine, on the cases that the naive evaluator was checked with', () => {
  it.each([...securityGroups, ...networkAcls, ...routing, ...internet])('$says', ({ change, packet }) => {
    const harbour = openHarbour()
    change?.(harbour)
    const snapshot = parseSnapshot(snapshotOf(harbour))
    const { sourcePort, destinationPort, protocol, from, to } = { ...http, ...packet }
    const flow: Flow = {
      from,
      to,
      ipv6: false,
      protocol: protocol === 6 ? 'tcp' : protocol === 17 ? 'udp' : 'icmp',
      sourcePorts: { from: sourcePort, to: sourcePort },
      destinationPorts: { from: destinationPort, to: destinationPort },
    }
    const answer = ask(compileSnapshot(snapshot), flow)
    expect(disagreement(answer, enumerate(readAws(snapshot), flow, []))).toBeUndefined()
  })
})

describe('the engine and the naive evaluator', () => {
  it(
    'agree on verdict and blocking layers, there and back, for single ports and for sets of them',
    () => {
      const count = { reachable: 0, partial: 0, blocked: 0, packets: 0, gaps: 0 }
      const property = fc.property(network, flowPlans, randomPorts, (plan, plans, extra) => {
        const { aws, compiled } = build(plan)
        for (const flow of flowsIn(plan, plans)) {
          const naive = enumerate(aws, flow, extra)
          const answer = ask(compiled, flow)
          count[naive.verdict] += 1
          count.packets += naive.packets
          if (hasGap(answer)) count.gaps += 1
          const differs = disagreement(answer, naive) ?? judgedOtherwise(compiled, flow, answer)
          if (differs) throw new Error(`${JSON.stringify(flow)}\n${differs}`)
        }
      })
      fc.assert(property, { seed, numRuns: NETWORKS })
      const pairs = count.reachable + count.partial + count.blocked
      const share = (verdict: number) => `${((verdict * 100) / pairs).toFixed(1)} %`
      console.log(
        `compared ${pairs} (network, flow) pairs of ${NETWORKS} networks, ${count.packets} packets (HCA_SEED=${seed}):`,
        `${share(count.reachable)} passed, ${share(count.partial)} partial, ${share(count.blocked)} blocked;`,
        `${share(count.gaps)} with a way that the engine does not follow`,
      )
      expect(pairs).toBeGreaterThan(2000)
      expect(count.reachable / pairs).toBeGreaterThan(0.2)
      expect(count.blocked / pairs).toBeGreaterThan(0.2)
      expect(count.partial / pairs).toBeGreaterThan(0.005)
      expect(count.gaps / pairs).toBeLessThan(0.15)
    },
    TIMEOUT,
  )

  it(
    'would not agree if one of them were wrong',
    () => {
      const caught = new Map(Object.keys(mutants).map((name) => [name, 0]))
      for (const [plan, plans] of fc.sample(fc.tuple(network, flowPlans), { seed, numRuns: NETWORKS })) {
        const { aws, compiled } = build(plan)
        for (const name of flowsIn(plan, plans).flatMap((flow) => givenAway(aws, compiled, flow))) {
          caught.set(name, (caught.get(name) ?? 0) + 1)
        }
      }
      console.log('pairs that gave a wrong evaluator away:', caught)
      for (const [name, pairs] of caught) expect(pairs, name).toBeGreaterThan(0)
    },
    TIMEOUT,
  )
})
