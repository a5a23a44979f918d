/** What all causes share that a quoted status code tells: one instance with all targets that showed such a code. */
import type { Confidence, Evidence } from '../../findings/finding.ts'
import type { TargetGroup } from '../../snapshot/types.ts'
import type { CauseCode } from '../causes.ts'
import type { Fix } from '../fix.ts'
import type { Incident, TargetFacts } from '../incident.ts'
import { absent, type CauseRule, type Judgement, notKnown, type Present } from '../judgement.ts'
import { healthEvidence } from '../path/evidence.ts'
import { accepts, codesOf, codesText, isHttpCode, matcherOf } from './answers.ts'
import { groupComponent, groupName, settingEvidence } from './evidence.ts'

export interface Answer {
  readonly incident: Incident
  readonly group: TargetGroup
  /** The codes that the cause claims. */
  readonly codes: readonly number[]
  readonly targets: readonly [TargetFacts, ...TargetFacts[]]
}

interface ResponseStory {
  readonly confidence: Confidence
  /** Instead of the sentence with path, codes and matcher. */
  readonly title?: string
  readonly evidence?: readonly Evidence[]
  readonly fixes: readonly Fix[]
}

interface ResponseCause {
  readonly code: CauseCode
  readonly claims: (code: number) => boolean
  readonly tell: (answer: Answer) => ResponseStory
  /** What the codes would have to be, for "ruled out: the targets answer 500, not ...". */
  readonly otherwise: string
}

export const responseRule = ({ code, claims, tell, otherwise }: ResponseCause): CauseRule => ({
  code,
  judge(incident, suspects) {
    const { targetGroup: group } = incident.group ?? {}
    if (!group || suspects.length === 0) return []
    const told = suspects.filter((target) => codesOf(target).length > 0)
    const [first, ...rest] = told.filter((target) => codesOf(target).some(claims))
    if (first) {
      const codes = [...new Set([first, ...rest].flatMap(codesOf))].filter(claims)
      return [present({ incident, group, codes, targets: [first, ...rest] }, tell)]
    }
    if (suspects.every(({ reason }) => reason !== MISMATCH)) return withoutCodes(group)
    if (told.length < suspects.length) return notKnown(codesMissing)
    return absent(`the targets answer ${codesText([...new Set(told.flatMap(codesOf))])}, not ${otherwise}`)
  },
})

const MISMATCH = 'Target.ResponseCodeMismatch'

/** Network Load Balancers check over HTTP, too, but tell no codes; a TCP check asks for none. */
function withoutCodes({ HealthCheckProtocol: protocol }: TargetGroup): readonly Judgement[] {
  if (protocol === 'TCP') return absent('a TCP check only connects and asks for no status code')
  return notKnown({
    ...codesMissing,
    because: 'a Network Load Balancer does not tell which status code it got',
  })
}

const codesMissing = {
  missing: 'elasticloadbalancing:DescribeTargetHealth',
  because: 'the description does not tell the status codes',
}

/** A code that the matcher accepts by now was met under other settings. */
function present(answer: Answer, tell: (answer: Answer) => ResponseStory): Judgement {
  const { group, codes, targets } = answer
  const story = tell(answer)
  const isStale = codes.every((code) => accepts(group, code) === true)
  return {
    kind: 'present',
    confidence: isStale ? 'possible' : story.confidence,
    title: isStale ? changedSince(answer) : (story.title ?? sentence(answer)),
    component: groupComponent(group),
    evidence: [healthEvidence(targets[0]), ...checkEvidence(answer), ...(story.evidence ?? [])],
    targets,
    ...(isNowAndThen(answer) && { partial: true }),
    fixes: story.fixes,
  }
}

const isNowAndThen = ({ codes, targets }: Answer): Present['partial'] =>
  targets.every((target) => codesOf(target).some((code) => !codes.includes(code)))

function checkEvidence({ group, codes }: Answer): readonly Evidence[] {
  const expected = `a path that answers ${acceptedText(group, codes)}`
  return [
    settingEvidence(group, 'HealthCheckPath', expected),
    settingEvidence(
      group,
      'Matcher',
      `codes that a healthy target answers, or a target that does not answer ${codesText(codes)}`,
    ),
  ]
}

const acceptedText = (group: TargetGroup, codes: readonly number[]): string =>
  matcherOf(group, codes[0] ?? 0) ?? 'a code that the matcher accepts'

function sentence({ group, codes }: Answer): string {
  const [first = 0] = codes
  const what = isHttpCode(first) ? 'Health check' : 'gRPC health check'
  const matcher = matcherOf(group, first)
  const accepted = matcher === undefined ? 'the matcher was not told' : `the matcher accepts ${matcher}`
  return `${what} of ${groupName(group)} asks ${pathText(group)} and gets ${codesText(codes)}; ${accepted}`
}

function changedSince({ group, codes }: Answer): string {
  const matcher = matcherOf(group, codes[0] ?? 0)
  return `Health check of ${groupName(group)} got ${codesText(codes)}, which the matcher (${matcher}) accepts by now: its settings were changed since, and the next checks should pass`
}

export const pathText = ({ HealthCheckPath }: TargetGroup): string => HealthCheckPath ?? 'its path (not told)'
