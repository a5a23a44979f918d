/** How long an audit takes, and which of its stages: one target group of 50 targets, and a Region of them. */
import { audit } from '../../shared/audit.ts'
import { diagnose } from '../../shared/diagnosis/diagnose.ts'
import { incidentsOf } from '../../shared/diagnosis/facts/index.ts'
import { compileNetwork } from '../../shared/network/network.ts'
import { everything } from '../../shared/selection.ts'
import { parseSnapshot } from '../../shared/snapshot/parse.ts'
import * as aws from '../fixtures/index.ts'
import { bakeryShop } from '../fixtures/themes/bakery-shop.ts'
import { medianTimes } from './measure.ts'
import { multiplied } from './multiply.ts'

/** Milliseconds; a stage's time includes no other's. */
export interface AuditTimes {
  readonly oneGroup: number
  readonly region: number
  readonly stages: Readonly<Record<string, number>>
  readonly groups: number
  readonly targets: number
  readonly findings: number
}

const TARGETS_OF_ONE = 50
/** The goal is 2,000 groups in 5 s: that an audit verifies each cure on the whole network stands in its way. */
const GROUPS = 200
const TARGETS_EACH = 10
/** One shop of so many is broken. */
const BROKEN = 10

export function measureAudits(): AuditTimes {
  const one = closedShop(TARGETS_OF_ONE)
  const single = parseSnapshot(aws.jsonOf(one.world))
  const selection = { ...everything, targetGroups: [one.targetGroup] }
  const region = parseSnapshot(regionOf())
  const network = compileNetwork(region)
  const incidents = incidentsOf(network, everything)
  const { oneGroup } = medianTimes(9, { oneGroup: () => audit(single, selection) })
  const times = medianTimes(3, {
    compile: () => compileNetwork(region),
    paths: () => incidentsOf(network, everything),
    diagnosis: () => incidents.map((incident) => diagnose(incident)),
    audit: () => audit(region, everything),
  })
  const { audit: whole, compile, paths, diagnosis } = times
  const { findings } = audit(region, everything)
  return {
    oneGroup,
    region: whole,
    stages: {
      compile,
      'incidents and their paths': paths,
      diagnosis,
      'fixes, verified, and findings': Math.max(0, whole - compile - paths - diagnosis),
    },
    groups: GROUPS,
    targets: GROUPS * TARGETS_EACH,
    findings: findings.length,
  }
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
