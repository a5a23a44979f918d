/** Which cause comes first: what is proven, what explains more of the failing targets, what is met first. */
import { type CauseClass, type CauseCode, causeClasses, causes } from './causes.ts'
import type { TargetFacts } from './incident.ts'
import type { Present } from './judgement.ts'
import { isFailing } from './reasons.ts'

export interface RankedCause extends Present {
  readonly code: CauseCode
  /** Of the rule that found it: an ACL may stop checks, or tasks that start. */
  readonly class: CauseClass
}

const confidences = ['proven', 'likely', 'possible'] as const

const order = Object.keys(causes) as readonly CauseCode[]

/** Most decisive first; equals keep the order in which a packet meets them. */
export function ranked(
  found: readonly RankedCause[],
  targets: readonly TargetFacts[],
): readonly RankedCause[] {
  const failing = targets.filter(isFailing)
  const gone = found.filter(({ code }) => goneCodes.includes(code)).flatMap((cause) => cause.targets)
  const there = failing.filter((target) => !gone.includes(target))
  return [...found].sort(
    (a, b) =>
      late(a) - late(b) ||
      Number(isMoot(a, found)) - Number(isMoot(b, found)) ||
      certainty(a) - certainty(b) ||
      explained(b, failing) - explained(a, failing) ||
      explained(b, there) - explained(a, there) ||
      Number(isLeftOver(a)) - Number(isLeftOver(b)) ||
      Number(hangsOnWay(a, found)) - Number(hangsOnWay(b, found)) ||
      Number(a.partial ?? false) - Number(b.partial ?? false) ||
      causeClasses.indexOf(a.class) - causeClasses.indexOf(b.class) ||
      pathOrder(a, b),
  )
}

/** Targets that are gone only count less than as many that could serve. */
const goneCodes: readonly CauseCode[] = ['tg.stale-target', 'tg.target-stopped']

/** What is named only where configuration does not explain it. */
const isLeftOver = (cause: RankedCause): boolean => cause.class === 'application' || cause.class === 'runtime'

/** A reference to a group beyond a peering connection matches nothing once that is gone: its route is to blame. */
const hangsOnWay = ({ awsExplanationCode, targets }: RankedCause, found: readonly RankedCause[]): boolean =>
  awsExplanationCode === 'SG_REFERENCES_NOT_PRESERVED' &&
  found.some(
    (other) =>
      other.code === 'net.route-blackhole' && targets.every((target) => other.targets.includes(target)),
  )

/** What keeps clients or calls out comes behind what fails checks, and what fails nothing behind all. */
function late({ class: causeClass }: RankedCause): number {
  if (causeClass === 'blind-spot') return 2
  return Number(causeClass === 'calls' || causeClass === 'upstream')
}

const certainty = ({ code, confidence }: RankedCause): number =>
  isSymptom(code) ? SYMPTOM : confidences.indexOf(confidence)

export const isSymptom = (code: CauseCode): boolean => code === 'tg.no-targets'

/** That nothing is registered follows from whatever keeps tasks from running, if that is at least likely. */
const SYMPTOM = confidences.indexOf('likely') + 0.5

/** A way that is opened to a port which serves UDP only, or which nobody serves, cures nothing. */
export function isMoot(cause: RankedCause, found: readonly RankedCause[]): boolean {
  const unanswered = found.filter(servesNobody).flatMap(({ targets }) => targets)
  return cause.class === 'path' && cause.targets.every((target) => unanswered.includes(target))
}

const servesNobody = ({ code, confidence }: RankedCause): boolean =>
  code === 'hc.udp-needs-tcp-port' || (code === 'hc.port-mismatch' && confidence !== 'possible')

/** How many of the failing targets it explains; a cause of the whole group explains all. */
const explained = ({ targets }: RankedCause, failing: readonly TargetFacts[]): number =>
  targets.length === 0 ? failing.length : failing.filter((target) => targets.includes(target)).length

const pathOrder = (a: RankedCause, b: RankedCause): number => order.indexOf(a.code) - order.indexOf(b.code)
