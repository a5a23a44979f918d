/**
 * Whatever AWS did not tell of the gateways, endpoints and attachments on a way, and of all else on it: the answer
 * never gets better by it, and nothing is taken for absent that was only not told.
 */
import { describe, expect, it } from 'vitest'
import { compileSnapshot, explainQuery, type Query } from '../../shared/explain.ts'
import type { Explanation, Verdict } from '../../shared/reachability/result.ts'
import type { Operation } from '../../shared/snapshot/operations.ts'
import { parseSnapshot } from '../../shared/snapshot/parse.ts'
import type { Snapshot } from '../../shared/snapshot/types.ts'
import * as aws from '../fixtures/index.ts'
import { railway } from '../fixtures/themes/railway.ts'
import { type Json, placesOf } from '../fuzz/mutants.ts'
import { leavable, leaveOut, saysNone } from '../fuzz/poorer.ts'
import { refusable } from '../fuzz/refusable.ts'
import { absent, denied, withoutList, withoutOne } from '../naive/remove.ts'

const lines = railway()
const [machine = '', other = ''] = lines.instances

const questions = {
  'clerk to the timetable, over the transit gateway': { from: lines.clerk, to: machine, port: 8080 },
  'load balancer to the timetable': { from: lines.loadBalancer, to: other, port: 8080 },
  'clerk to the internet, over the transit gateway and NAT': { from: lines.clerk, to: '8.8.8.8', port: 443 },
  'clerk to the IPv6 internet': { from: '2600:1f14:70:7000::10', to: '2606:4700::1111', port: 443 },
  'timetable to the depot, over VPN': { from: machine, to: '192.168.40.7', port: 443 },
  'clerk to ECR, over an interface endpoint': { from: lines.clerk, to: 'ecr.api', port: 443 },
  'clerk to S3, over a gateway endpoint': { from: lines.clerk, to: 's3', port: 443 },
} as const satisfies Record<string, Query>

type Answer = Verdict | 'refused'
type Answers = readonly (readonly [question: string, answer: Answer])[]

/** What the parser refuses gives no answer; an end that was not told cannot be asked about. */
function answersOf(json: unknown): Answers {
  const network = refusable(() => compileSnapshot(parseSnapshot(json)))
  if (network === 'refused') return []
  return Object.entries(questions).map(([name, query]) => [
    name,
    refusable(() => verdictOf(explainQuery(network, query))),
  ])
}

function verdictOf({ verdict, unknown }: Explanation): Verdict {
  if (verdict === 'unknown') expect(unknown.map(({ missing }) => missing)).not.toEqual([])
  return verdict
}

const whole: Snapshot = parseSnapshot(aws.jsonOf(lines.world))
const before = new Map(answersOf(whole))
const operations = (Object.keys(whole.scopes[0]?.responses ?? {}) as Operation[]).filter((operation) =>
  operation.startsWith('ec2:'),
)

const PASSES = { refused: 0, unknown: 0, blocked: 0, partial: 1, reachable: 2 } as const

function expectNoBetter(json: unknown, how: string, mayBlock = false): void {
  for (const [question, now] of answersOf(json)) {
    const was = before.get(question) ?? 'refused'
    const better = PASSES[now] > PASSES[was]
    const claimed = was === 'reachable' && now === 'blocked' && !mayBlock
    expect(better || claimed, `${question}: was ${was}, is ${now} ${how}`).toBe(false)
  }
}

it('with everything told, some way is open', () => {
  expect(before.get('clerk to the IPv6 internet')).toBe('reachable')
})

describe.each(operations)('%s', (operation) => {
  it.each([
    ['absent', absent],
    ['denied', denied],
    ['without its list', withoutList],
  ])('%s', (how, without) => {
    expectNoBetter(without(whole, operation), how)
  })

  it('a selection that an object did not make it into', { timeout: 120_000 }, () => {
    const response = whole.scopes[0]?.responses[operation] ?? {}
    const lists = Object.values(response).filter((value) => Array.isArray(value))
    const count =
      lists.length > 0 ? Math.max(...lists.map((list) => list.length)) : Object.keys(response).length
    for (let which = 0; which < count; which += 1)
      expectNoBetter(withoutOne(whole, operation, which), `without number ${which}`)
  })

  it('an object without one of its fields', { timeout: 120_000 }, () => {
    const text = JSON.stringify(whole)
    const places = leavable(placesOf(JSON.parse(text)), 'region').filter((place) => place[3] === operation)
    for (const place of places) {
      const json = JSON.parse(text) as Json
      leaveOut(json, place)
      expectNoBetter(json, `without ${place.join(' > ')}`, saysNone(place))
    }
  })
})
