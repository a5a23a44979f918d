/** What a change to one security group costs, next to compiling everything. */
import { readFileSync } from 'node:fs'
import { compileSnapshot } from '../../shared/explain.ts'
import { withSnapshot } from '../../shared/network/patch.ts'
import { createJudge } from '../../shared/reachability/judge.ts'
import { parseSnapshot } from '../../shared/snapshot/parse.ts'
import type { Snapshot } from '../../shared/snapshot/types.ts'
import { medianTimes } from './measure.ts'
import { judgeAll, randomPairs } from './pairs.ts'

export interface Patching {
  /** Milliseconds. */
  readonly compile: number
  readonly patch: number
  /** With a new judge and a verdict, as a fix is verified. */
  readonly patchAndAsk: number
}

/** One patch alone is too short for the clock. */
const REPEATED = 20

export function measurePatching(file: string, rounds: number): Patching {
  const snapshot = parseSnapshot(JSON.parse(readFileSync(file, 'utf8')))
  const network = compileSnapshot(snapshot)
  const changed = Array.from({ length: REPEATED }, (_, number) => withOpenGroup(snapshot, number))
  const pairs = randomPairs(network.interfaces, 1)
  const times = medianTimes(rounds, {
    compile: () => compileSnapshot(snapshot),
    patch: () => changed.map((after) => withSnapshot(network, after)),
    patchAndAsk: () =>
      changed.map((after) => judgeAll(createJudge(withSnapshot(network, after)), pairs, 1024, 65_535)),
  })
  return {
    compile: times.compile,
    patch: times.patch / REPEATED,
    patchAndAsk: times.patchAndAsk / REPEATED,
  }
}

const EVERYTHING = {
  IpProtocol: '-1',
  IpRanges: [{ CidrIp: '0.0.0.0/0' }],
  Ipv6Ranges: [],
  PrefixListIds: [],
  UserIdGroupPairs: [],
}

/** The snapshot with one more rule in one of its groups; the rest is shared, as by a remediation's patch. */
function withOpenGroup(snapshot: Snapshot, number: number): Snapshot {
  const scopes = snapshot.scopes.map((scope) => {
    const groups = scope.responses['ec2:DescribeSecurityGroups']?.SecurityGroups ?? []
    const SecurityGroups = groups.map((group, index) =>
      index === number ? { ...group, IpPermissions: [...(group.IpPermissions ?? []), EVERYTHING] } : group,
    )
    return { ...scope, responses: { ...scope.responses, 'ec2:DescribeSecurityGroups': { SecurityGroups } } }
  })
  return { ...snapshot, scopes }
}
