/** How long an audit takes, and which of its stages: one target group of 50 targets, and a Region of them. */
import { audit } from '../../shared/audit.ts'
import { diagnose } from '../../shared/diagnosis/diagnose.ts'
import { incidentsOf } from '../../shared/diagnosis/facts/index.ts'
import { compileNetwork } from '../../shared/network/network.ts'
import { everything } from '../../shared/selection.ts'
import { parseSnapshot } from '../../shared/snapshot/parse.ts'
import type { Snapshot } from '../../shared/snapshot/types.ts'
import * as aws from '../fixtures/index.ts'
import { bakeryShop } from '../fixtures/themes/bakery-shop.ts'
import { collectGarbage, median, processorTimeOf } from './measure.ts'
import { multiplied } from './multiply.ts'

/** Milliseconds of one core; a stage's time includes no other's. */
export interface AuditTimes {
  readonly oneGroup: number
  readonly region: number
  readonly stages: Readonly<Record<string, number>>
  readonly groups: number
  readonly targets: number
  readonly findings: number
}

const TARGETS_OF_ONE = 50
const ROUNDS = 100
const GROUPS = 2000
const TARGETS_EACH = 10
/** One shop of so many is broken. */
const BROKEN = 10

export function measureAudits(): AuditTimes {
  const one = closedShop(TARGETS_OF_ONE)
  const selection = { ...everything, targetGroups: [one.targetGroup] }
  const single = aws.jsonOf(one.world)
  const oneGroup = medianOf(ROUNDS, () => {
    const snapshot = parseSnapshot(single)
    return processorTimeOf(() => audit(snapshot, selection))
  })
  const region = regionOf()
  const rounds = Array.from({ length: 1 + 3 }, () => measureRegion(parseSnapshot(region))).slice(1)
  const ofRounds = (pick: (round: RegionTimes) => number) => median(rounds.map(pick))
  const [compile, incidents, diagnosis, whole] = [
    ofRounds((round) => round.compile),
    ofRounds((round) => round.incidents),
    ofRounds((round) => round.diagnosis),
    ofRounds((round) => round.audit),
  ]
  return {
    oneGroup,
    region: whole,
    stages: {
      compile,
      incidents,
      'diagnosis, with the paths': diagnosis,
      'fixes, verified, and findings': Math.max(0, whole - compile - incidents - diagnosis),
    },
    groups: GROUPS,
    targets: GROUPS * TARGETS_EACH,
    findings: rounds[0]?.findings ?? 0,
  }
}

/**
 * The median of some rounds, after as many that do not count. Garbage is collected as it comes: a collection before
 * each round would throw away what V8 has compiled by then.
 */
const medianOf = (rounds: number, time: () => number): number =>
  median(Array.from({ length: 2 * rounds }, time).slice(rounds))

interface RegionTimes {
  readonly audit: number
  readonly compile: number
  readonly incidents: number
  readonly diagnosis: number
  readonly findings: number
}

/** @param snapshot of which nothing is remembered yet: what an audit finds out of it lasts as long as it does */
function measureRegion(snapshot: Snapshot): RegionTimes {
  collectGarbage()
  const [whole, { findings }] = timed(() => audit(snapshot, everything))
  const [compile, network] = timed(() => compileNetwork(snapshot))
  const [incidents, list] = timed(() => incidentsOf(network, everything))
  const [diagnosis] = timed(() => list.map((incident) => diagnose(incident)))
  return { audit: whole, compile, incidents, diagnosis, findings: findings.length }
}

function timed<T>(run: () => T): readonly [number, T] {
  let result: T | undefined
  const time = processorTimeOf(() => {
    result = run()
  })
  return [time, result as T]
}

/** The load balancer's group lets nothing out. */
function closedShop(desired: number) {
  const shop = bakeryShop({ desired })
  aws.setEgress(shop.world, shop.albGroup)
  aws.setHealth(shop.world, shop.targetGroup, aws.health.timeout)
  return shop
}

function regionOf(): aws.SnapshotJson {
  const healthy = aws.jsonOf(bakeryShop({ desired: TARGETS_EACH }).world)
  const broken = aws.jsonOf(closedShop(TARGETS_EACH).world)
  return multiplied(GROUPS, (number) => (number % BROKEN === 0 ? broken : healthy))
}
