/** One incident: every rule is asked, and the answers are ranked. Nothing is named that was not shown. */
import type { RuledOut, SubjectKind, UnknownCause } from '../findings/finding.ts'
import type { Missing } from '../snapshot/types.ts'
import { type CauseClass, type CauseCode, causeClasses, causes } from './causes.ts'
import { unexplainedStarts } from './ecs/start/unexplained.ts'
import { type Incident, type ServiceFacts, STATE_NOT_TOLD, type TargetFacts } from './incident.ts'
import type { CauseRule, Judgement } from './judgement.ts'
import { isSymptom, type RankedCause, ranked } from './ranking.ts'
import { exclusion, isFailing, suspectsOf } from './reasons.ts'
import { rules } from './rules/index.ts'

/** What could not be decided, and of which rule it is: beside a cause, its code may stand for a blind spot. */
interface OpenCause extends UnknownCause {
  readonly class: CauseClass
}

export interface Diagnosis {
  /** Most decisive first; empty when nothing is wrong or nothing could be shown. */
  readonly causes: readonly RankedCause[]
  readonly ruledOut: readonly RuledOut[]
  readonly unknown: readonly OpenCause[]
  /** Starts that failed in words of ECS's that no cause explains; of the past, so that they do not hide a cure. */
  readonly unexplained: readonly UnknownCause[]
}

/** What is asked about which kind of subject: a target group's path is not its service's second finding. */
const classesFor: Readonly<Record<SubjectKind, readonly CauseClass[]>> = {
  'target-group': causeClasses.filter((item) => item !== 'upstream' && item !== 'calls'),
  'load-balancer': ['path', 'upstream', 'blind-spot'],
  'ecs-service': ['start', 'lifecycle', 'calls'],
  'ecs-task': ['start', 'lifecycle'],
}

const isStartAsked = (asked: readonly CauseRule[]): boolean => asked.some((rule) => classOf(rule) === 'start')

const isOfTasks = (cause: RankedCause): boolean => ['start', 'lifecycle'].includes(cause.class)

const classOf = (rule: CauseRule): CauseClass => rule.class ?? causes[rule.code].class

interface Answer {
  readonly code: CauseCode
  readonly class: CauseClass
  readonly judgement: Judgement
}

/** @param about causes of other classes are not looked for @default all */
export function diagnose(incident: Incident, about: readonly CauseClass[] = causeClasses): Diagnosis {
  const targets = incident.group?.targets.known ? incident.group.targets.value : []
  const asked = rules
    .filter((rule) => about.includes(classOf(rule)))
    .filter((rule) => isAsked(incident, targets, classOf(rule)))
  const before = asked.filter((rule) => classOf(rule) !== 'runtime').flatMap((rule) => ask(rule, incident))
  const found = presentOf(before)
  // What configuration cannot show is named only when configuration leaves targets unexplained.
  const runtime = asked.filter((rule) => classOf(rule) === 'runtime' && unexplained(found, targets))
  const answers = [...before, ...runtime.flatMap((rule) => ask(rule, incident))]
  const notKnown = [...missingFacts(incident), ...answers.flatMap(unknown)]
  const open = new Set<string>([...presentOf(answers), ...notKnown].map(({ code }) => code))
  const out = [...answers.flatMap(ruledOut), ...excluded(incident, asked)].filter(
    ({ code }) => !open.has(code),
  )
  return {
    causes: ranked(presentOf(answers).map(doubted(answers)), targets),
    ruledOut: distinct(out, ({ code }) => code),
    unknown: distinct(notKnown, (item) => `${item.code} ${item.class} ${item.missing}`),
    unexplained:
      isStartAsked(asked) && !presentOf(answers).some(isOfTasks) ? unexplainedStarts(incident) : [],
  }
}

function isAsked(
  { group, services, subject }: Incident,
  targets: readonly TargetFacts[],
  causeClass: CauseClass,
): boolean {
  if (!classesFor[subject.kind].includes(causeClass)) return false
  if (!['start', 'lifecycle'].includes(causeClass) || subject.kind !== 'target-group') return true
  // With no target failing, what ECS does to tasks is the service's own finding; that none is there may be its doing.
  const wanted = !services.known || services.value.some(({ service }) => (service.desiredCount ?? 0) > 0)
  return targets.some(isFailing) || (group?.targets.known === true && targets.length === 0 && wanted)
}

/** A class that AWS's reason codes exclude for all failing targets is not even asked. */
function ask(rule: CauseRule, incident: Incident): readonly Answer[] {
  const { group } = incident
  const causeClass = classOf(rule)
  const onGroup =
    group === undefined || !byReason.includes(causeClass) || incident.subject.kind !== 'target-group'
  const suspects =
    group && byReason.includes(causeClass) ? suspectsOf(group, causeClass) : allTargets(incident)
  if (!onGroup && suspects.length === 0) return []
  return rule
    .judge(incident, suspects)
    .map((judgement) => ({ code: rule.code, class: causeClass, judgement }))
}

/** Classes that reason codes speak about; the others look at the group or service as a whole. */
const byReason: readonly CauseClass[] = ['path', 'port', 'protocol', 'response', 'application', 'runtime']

const allTargets = ({ group }: Incident): readonly TargetFacts[] =>
  group?.targets.known ? group.targets.value : []

/** What follows from tasks that do not run proves nothing while it is not known why they do not. */
function doubted(answers: readonly Answer[]): (cause: RankedCause) => RankedCause {
  const isOpen = answers.some(
    (one) => one.judgement.kind === 'unknown' && ['start', 'lifecycle'].includes(one.class),
  )
  return (cause) =>
    isOpen && isSymptom(cause.code) && cause.confidence === 'proven'
      ? { ...cause, confidence: 'likely' }
      : cause
}

const presentOf = (answers: readonly Answer[]): readonly RankedCause[] =>
  answers.flatMap(({ judgement, ...rule }) =>
    judgement.kind === 'present' ? [{ ...rule, ...judgement }] : [],
  )

const ruledOut = ({ code, judgement }: Answer): readonly RuledOut[] =>
  judgement.kind === 'absent' ? [{ code, because: judgement.because }] : []

const unknown = ({ judgement, ...rule }: Answer): readonly OpenCause[] =>
  judgement.kind === 'unknown' ? [{ ...rule, missing: judgement.missing, because: judgement.because }] : []

function excluded({ group, subject }: Incident, asked: readonly CauseRule[]): readonly RuledOut[] {
  if (!group || subject.kind !== 'target-group') return []
  return asked.flatMap((rule) => {
    const causeClass = classOf(rule)
    const because = byReason.includes(causeClass) ? exclusion(group, causeClass) : undefined
    return because ? [{ code: rule.code, because }] : []
  })
}

/** A failing target that no proven or likely cause explains, so that the application may be to blame. */
function unexplained(found: readonly RankedCause[], targets: readonly TargetFacts[]): boolean {
  const strong = found.filter((cause) => cause.confidence !== 'possible' && explains(cause))
  const whole = strong.some((cause) => cause.targets.length === 0)
  return targets.some(
    (target) => isFailing(target) && !whole && !strong.some((cause) => cause.targets.includes(target)),
  )
}

const explains = (cause: RankedCause): boolean => !['upstream', 'blind-spot'].includes(cause.class)

/** Without the targets, or a service's tasks, nothing at all can be said. */
function missingFacts({ group, services, subject }: Incident): readonly OpenCause[] {
  if (subject.kind !== 'target-group' && services.known) return missingTasks(services.value)
  if (!group) return services.known ? [] : [undetermined(services.missing)]
  if (!group.targets.known) return [undetermined(group.targets.missing)]
  const silent = group.targets.value.find(({ state }) => state === STATE_NOT_TOLD)
  return silent ? [undetermined(stateMissing(silent))] : []
}

const undetermined = ({ missing, because }: Missing): OpenCause => ({
  code: 'undetermined',
  class: 'undetermined',
  missing,
  because,
})

const stateMissing = ({ id }: TargetFacts): Missing => ({
  missing: 'elasticloadbalancing:DescribeTargetHealth',
  because: `the state of ${id} is not told`,
})

const missingTasks = (services: readonly ServiceFacts[]): readonly OpenCause[] =>
  services.flatMap(({ runningTasks }) => (runningTasks.known ? [] : [undetermined(runningTasks.missing)]))

const distinct = <T>(items: readonly T[], key: (item: T) => string): readonly T[] => [
  ...new Map(items.map((item) => [key(item), item] as const)).values(),
]
