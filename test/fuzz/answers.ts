/** Everything that is asked of a snapshot, and how much of it may be got. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { auditExitCode } from '../../cli/commands/audit.ts'
import { audit } from '../../shared/audit.ts'
import { compileSnapshot, explainQuery, type Query } from '../../shared/explain.ts'
import type { Explanation, Verdict } from '../../shared/reachability/result.ts'
import { everything } from '../../shared/selection.ts'
import { parseSnapshot } from '../../shared/snapshot/parse.ts'
import type { Snapshot } from '../../shared/snapshot/types.ts'
import { jsonOf } from '../fixtures/index.ts'
import type { Json } from './mutants.ts'
import { refusable } from './refusable.ts'
import { smallAccounts } from './small.ts'

export interface Subject {
  readonly name: string
  /** How many of the mutants of a run are its. */
  readonly share: number
  readonly text: string
  readonly queries: readonly Query[]
}

/** Only what the analysis reads: whatever is changed there may matter. */
const read = (json: unknown): string => JSON.stringify(parseSnapshot(json))

export const small: readonly Subject[] = Object.entries(smallAccounts).flatMap(([name, build]) => {
  const { world, asked } = build()
  const queries = asked.map(([from, to, port]) => ({ from, to, port }))
  return (['region', 'selection'] as const).map((coverage) => ({
    name: `${name}, coverage ${coverage}`,
    // Trying remedies takes most of the time.
    share: name === 'closedKiosk' ? 1 / 50 : 6 / 50,
    text: read(jsonOf(world, { coverage })),
    queries,
  }))
})

const folder = fileURLToPath(new URL('../../samples', import.meta.url))

export const samples: readonly Subject[] = readdirSync(folder).map((name) => {
  const text = readFileSync(join(folder, name, 'snapshot.json'), 'utf8')
  return { name, share: 1 / 500, text, queries: queriesOf(parseSnapshot(JSON.parse(text))) }
})

/** Between some interfaces, on a port that some rule speaks of, and between one of them and the internet. */
function queriesOf(snapshot: Snapshot): readonly Query[] {
  const responses = snapshot.scopes[0]?.responses
  const nics = responses?.['ec2:DescribeNetworkInterfaces']?.NetworkInterfaces ?? []
  const ids = nics.map(({ NetworkInterfaceId }) => NetworkInterfaceId)
  const groups = responses?.['ec2:DescribeSecurityGroups']?.SecurityGroups ?? []
  const ports = groups.flatMap(({ IpPermissions }) => (IpPermissions ?? []).map(({ FromPort }) => FromPort))
  const port = ports.find((candidate) => candidate !== undefined && candidate > 0)
  const [first = ''] = ids
  return [
    { from: first, to: 'internet', port: 443 },
    { from: 'internet', to: first, port: 443 },
    ...ids.flatMap((from) => ids.filter((to) => to !== from).map((to) => ({ from, to, port }))),
  ].slice(0, 20)
}

export interface Answers {
  readonly code: number
  /** Something fails already, and not only will. */
  readonly failing: boolean
  /** The audit says that there is something it could not rule out: what was found before stays open. */
  readonly doubtful: boolean
  readonly verdicts: readonly (Verdict | 'refused')[]
}

/** @throws InputError for a document that is no snapshot */
export function answersOf(json: Json, queries: readonly Query[]): Answers {
  const snapshot = parseSnapshot(json)
  const result = audit(snapshot, everything)
  const network = compileSnapshot(snapshot)
  const verdicts = queries.map((query) => refusable(() => checked(explainQuery(network, query)).verdict))
  return {
    code: auditExitCode(result),
    failing: result.findings.some(
      ({ severity, targets }) =>
        severity !== 'low' && (targets.length === 0 || targets.some(({ state }) => state !== 'healthy')),
    ),
    doubtful: result.audited.some(({ decided, notRuledOut = [] }) => !decided || notRuledOut.length > 0),
    verdicts,
  }
}

/** More hops than anything in a small account can give: a walk that goes round in circles. */
const MOST_HOPS = 400

function checked(explanation: Explanation): Explanation {
  const hops = explanation.forward.length + explanation.return.length
  if (hops > MOST_HOPS) throw new Error(`the way has ${hops} hops`)
  if (explanation.verdict === 'unknown' && explanation.unknown.length === 0)
    throw new Error('not known, and nothing says why')
  if (explanation.verdict === 'blocked' && explanation.blockers.length === 0)
    throw new Error('blocked, and nothing says by what')
  return explanation
}
