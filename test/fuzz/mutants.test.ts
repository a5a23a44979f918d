/**
 * Broken relatives of the sample incidents. Nothing may be thrown but one clear line (InputError),
 * nothing may take long, and knowing less must never make an answer better.
 * HCA_SEED repeats a run, HCA_MUTANTS makes it longer.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { auditExitCode } from '../../cli/commands/audit.ts'
import { audit } from '../../shared/audit.ts'
import { compileSnapshot, explainQuery, type Query } from '../../shared/explain.ts'
import { InputError } from '../../shared/input-error.ts'
import type { Verdict } from '../../shared/reachability/result.ts'
import { everything } from '../../shared/selection.ts'
import { parseSnapshot } from '../../shared/snapshot/parse.ts'
import type { Snapshot } from '../../shared/snapshot/types.ts'
import { randomOf } from '../bench/random.ts'
import { isField, type Json, mutantOf, placesOf, without } from './mutants.ts'

const seed = Number(process.env.HCA_SEED ?? Date.now() % 2 ** 31)
const MUTANTS = Number(process.env.HCA_MUTANTS ?? 30)
const SLOW_MS = 2000
const root = fileURLToPath(new URL('../../samples', import.meta.url))

interface Sample {
  readonly name: string
  readonly text: string
  readonly queries: readonly Query[]
}

const samples: readonly Sample[] = readdirSync(root).map((name) => {
  const text = readFileSync(join(root, name, 'snapshot.json'), 'utf8')
  return { name, text, queries: queriesOf(parseSnapshot(JSON.parse(text))) }
})

/**
 * To the load balancers, on their listeners' ports; between all interfaces, on a port that some rule speaks of; and
 * between one of them and the internet.
 */
function queriesOf(snapshot: Snapshot): readonly Query[] {
  const responses = snapshot.scopes[0]?.responses
  const listeners = Object.entries(responses?.['elasticloadbalancing:DescribeListeners'] ?? {})
  const nics = responses?.['ec2:DescribeNetworkInterfaces']?.NetworkInterfaces ?? []
  const ids = nics.map(({ NetworkInterfaceId }) => NetworkInterfaceId)
  const groups = responses?.['ec2:DescribeSecurityGroups']?.SecurityGroups ?? []
  const ports = groups.flatMap(({ IpPermissions }) => (IpPermissions ?? []).map(({ FromPort }) => FromPort))
  const port = ports.find((candidate) => candidate !== undefined && candidate > 0)
  const [first = ''] = ids
  return [
    ...listeners.flatMap(([to, { Listeners = [] }]) =>
      Listeners.flatMap(({ Port: port, Protocol }) => {
        const protocol = Protocol === 'UDP' ? 'udp' : 'tcp'
        return ['internet', ids.at(-1) ?? ''].map((from) => ({ from, to, port, protocol }))
      }),
    ),
    ...ids.flatMap((from) => ids.filter((to) => to !== from).map((to) => ({ from, to, port }))),
    { from: first, to: 'internet', port: 443 },
    { from: 'internet', to: first, port: 443 },
  ].slice(0, 40)
}

interface Answers {
  readonly code: number
  readonly verdicts: readonly (Verdict | 'refused')[]
}

/** @throws InputError for a document that is no snapshot */
function answersOf(json: Json, queries: readonly Query[]): Answers {
  const snapshot = parseSnapshot(json)
  const code = auditExitCode(audit(snapshot, everything))
  const network = compileSnapshot(snapshot)
  return { code, verdicts: queries.map((query) => refusable(() => explainQuery(network, query).verdict)) }
}

const refusable = <T>(step: () => T): T | 'refused' => {
  try {
    return step()
  } catch (error) {
    if (error instanceof InputError && !error.message.includes('\n')) return 'refused'
    throw error
  }
}

/** How much an answer lets pass; what is not known or refused lets nothing pass. */
const PASSES = { refused: 0, unknown: 0, blocked: 0, partial: 1, reachable: 2 } as const

describe.each(samples)('$name', ({ text, queries, name }) => {
  const places = placesOf(JSON.parse(text))

  it(`broken anywhere, never breaks the engine (HCA_SEED=${seed})`, { timeout: 600_000 }, () => {
    const random = randomOf(seed)
    const count = { refused: 0, answered: 0 }
    for (let n = 0; n < MUTANTS; n += 1) {
      const { json, how } = mutantOf(text, places, random)
      const started = performance.now()
      try {
        const answers = refusable(() => answersOf(json, queries))
        count[answers === 'refused' ? 'refused' : 'answered'] += 1
      } catch (error) {
        throw new Error(`${name}, ${how} (HCA_SEED=${seed})`, { cause: error })
      }
      expect(performance.now() - started, how).toBeLessThan(SLOW_MS)
    }
    expect(Math.min(count.refused, count.answered)).toBeGreaterThan(0)
  })

  it(`with a field less, never gets better (HCA_SEED=${seed})`, { timeout: 600_000 }, () => {
    const random = randomOf(seed + 1)
    const fields = places.filter((place) => isField(place) && place.includes('responses'))
    const before = answersOf(JSON.parse(text), queries)
    for (let n = 0; n < MUTANTS; n += 1) {
      const place = random.pick(fields)
      const after = refusable(() => answersOf(without(text, place), queries))
      if (after === 'refused') continue
      const how = `without ${place.join(' > ')} (HCA_SEED=${seed})`
      expect(after.code === 0 && before.code !== 0, `found nothing ${how}`).toBe(false)
      const better = after.verdicts.findIndex(
        (verdict, i) => PASSES[verdict] > PASSES[before.verdicts[i] ?? 'refused'],
      )
      expect(better, `${JSON.stringify(queries[better])} passes ${how}`).toBe(-1)
    }
  })
})
