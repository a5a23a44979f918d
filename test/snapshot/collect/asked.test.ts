/**
 * The law of questions to live AWS: what is collected for two ends gives the same answer as their whole Region, or none.
 * HCA_SEED=n repeats a run; fast-check prints the smallest network and flow that break it.
 */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileSnapshot, explainQuery } from '../../../shared/explain.ts'
import { namedEnd } from '../../../shared/question-ends.ts'
import { collectForQuestion } from '../../../shared/snapshot/collect/index.ts'
import { parseSnapshot } from '../../../shared/snapshot/parse.ts'
import type { Scope } from '../../../shared/snapshot/types.ts'
import * as aws from '../../fixtures/index.ts'
import { faultCodes, faults } from '../../incidents/faults.ts'
import { struckSystem } from '../../incidents/incident.ts'
import { ask } from '../../naive/compare.ts'
import { flowIn, flowPlan } from '../../naive/flows.ts'
import { network } from '../../naive/networks.ts'
import { buildSnapshot } from '../../naive/topology.ts'
import { awsAnswering } from './world-aws.ts'

const seed = Number(process.env.HCA_SEED ?? Date.now() % 2 ** 31)
const NETWORKS = Number(process.env.HCA_NETWORKS ?? 250)
const PORTS = ['80', '443', '8080', undefined]

type Answer = ReturnType<typeof explainQuery>

/** Nobody's answer to a question of an end to itself. */
const answered = (ask: () => Answer): Answer | undefined => {
  try {
    return ask()
  } catch {
    return undefined
  }
}

/** A Region, asked whole and by the two ends, and how often the answers were the same. */
function pretendRegion({ accountId, responses }: Scope) {
  const aws = awsAnswering(responses, { GetCallerIdentity: { Account: accountId } })
  return async (from: string, to: string) => {
    const before = aws.calls.length
    const ends = [namedEnd(from), namedEnd(to)]
    const [source, target] = ends
    const snapshot = source && target && (await collectForQuestion(aws.clients, [source, target]))
    const calls = aws.calls.length - before
    return { calls, network: snapshot && compileSnapshot(parseSnapshot(snapshot)) }
  }
}

const newTally = () => ({ asked: 0, same: 0, unknown: 0, notScoped: 0, calls: 0 })

/** @returns the verdict when the scoped answer is one */
function compare(tally: ReturnType<typeof newTally>, whole: Answer | undefined, told: Answer | undefined) {
  tally.asked += 1
  if (told === undefined) tally.notScoped += 1
  else if (told.unknown.length > 0) tally.unknown += 1
  else {
    expect(told).toEqual(whole)
    tally.same += 1
    return told.verdict
  }
  return undefined
}

describe('what is collected for a question gives the answer of its whole Region, or none', () => {
  const flowPlans = fc.array(flowPlan, { minLength: 4, maxLength: 6, size: 'max' })

  test(`in random networks (seed ${seed})`, async () => {
    const tally = newTally()
    const verdicts = new Set<string | undefined>()
    const law = fc.asyncProperty(network, flowPlans, async (plan, plans) => {
      const built = buildSnapshot(plan)
      const [scope] = built.scopes
      if (!scope) return
      const collect = pretendRegion(scope)
      const whole = compileSnapshot(parseSnapshot({ ...built, scopes: [scope] }))
      for (const flow of plans.flatMap((one) => flowIn(plan, one) ?? [])) {
        const { network, calls } = await collect(flow.from, flow.to)
        tally.calls += calls
        const told = network && answered(() => ask(network, flow))
        verdicts.add(
          compare(
            tally,
            answered(() => ask(whole, flow)),
            told,
          ),
        )
      }
    })
    await fc.assert(law, { seed, numRuns: NETWORKS })
    process.stdout.write(`questions by their ends: ${JSON.stringify(tally)}\n`)
    expect([...verdicts]).toEqual(expect.arrayContaining(['blocked', 'reachable']))
    expect(tally.same).toBeGreaterThan(tally.asked / 2)
  })

  test('to load balancers, from the internet and from inside', async () => {
    const tally = newTally()
    const verdicts = new Set<string | undefined>()
    for (const { snapshot, scope, ends } of struckSnapshots()) {
      const collect = pretendRegion(scope)
      const whole = compileSnapshot(snapshot)
      for (const [from, to] of ends) {
        const { network, calls } = await collect(from, to)
        tally.calls += calls
        for (const port of PORTS) {
          const answer = (asked: typeof whole) => answered(() => explainQuery(asked, { from, to, port }))
          verdicts.add(compare(tally, answer(whole), network && answer(network)))
        }
      }
    }
    process.stdout.write(`questions to load balancers: ${JSON.stringify(tally)}\n`)
    expect([...verdicts]).toEqual(expect.arrayContaining(['blocked', 'partial']))
    expect(tally.same).toBeGreaterThan(tally.asked / 2)
  })
})

/** One incident for each generated fault; from the internet and from some interface to its load balancer. */
const struckSnapshots = () =>
  faultCodes.flatMap((code) => {
    const fault = faults[code]
    if (!fault) return []
    const { world } = struckSystem(fault, { system: seed % 97, incident: 7 })
    const snapshot = parseSnapshot(aws.snapshotOf(world))
    const [scope] = snapshot.scopes
    const [balancer] = scope?.responses['elasticloadbalancing:DescribeLoadBalancers']?.LoadBalancers ?? []
    const [inside] = scope?.responses['ec2:DescribeNetworkInterfaces']?.NetworkInterfaces ?? []
    if (!scope || !balancer || !inside) return []
    const to = balancer.LoadBalancerName ?? balancer.LoadBalancerArn
    const ends = ['internet', inside.NetworkInterfaceId].map((from) => [from, to] as const)
    return [{ snapshot, scope, ends }]
  })
