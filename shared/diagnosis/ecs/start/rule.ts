/** What all causes on the paths of a start share: their broken ways, or why there is none, or what is missing. */
import type { Confidence, Evidence } from '../../../findings/finding.ts'
import type { Component } from '../../../reachability/result.ts'
import type { Fix } from '../../fix.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../../judgement.ts'
import { groupBy } from '../group-by.ts'
import { isBroken, type StartBreach, type StartPathCode, startBreaches } from './claims.ts'
import { startEvidence } from './evidence.ts'
import { judgeStarts, type StartFacts } from './facts.ts'
import { pointingAt } from './trouble.ts'
import type { StartWay } from './ways.ts'
import { listText, placeText } from './words.ts'

/** Broken ways that one change mends. */
export type StartBreaches = readonly [StartBreach, ...StartBreach[]]

interface PathStory {
  /** The sentence; where only some subnets are concerned, that is added to it. */
  readonly title: string
  readonly component: Component
  readonly evidence: readonly Evidence[]
  readonly fixes: readonly Fix[]
}

interface StartPathCause {
  readonly code: StartPathCode
  /** The code stands for checks that fail, too: what is open or not known here, the other causes of a start say. */
  readonly isOfChecksToo?: true
  /** Breaches with the same key are one cause. @default the component that stops the packets */
  readonly key?: (breach: StartBreach) => string
  readonly tell: (breaches: StartBreaches, facts: StartFacts) => PathStory
}

export const startPathRule = ({
  code,
  isOfChecksToo,
  key = byComponent,
  tell,
}: StartPathCause): CauseRule => ({
  code,
  class: 'start',
  judge: (incident) =>
    judgeStarts(incident, (facts) => {
      if (!facts.ways.known) return isOfChecksToo ? [] : notKnown(facts.ways.missing)
      const ways = facts.ways.value
      const own = startBreaches(incident.network, ways).filter((breach) => breach.code === code)
      const found = groupBy(own, key).map((breaches) => present(tell(breaches, facts), breaches, facts, ways))
      return isOfChecksToo ? found : [...found, ...otherwise(ways, found.length > 0)]
    }),
})

/** What is not known; without that, and with nothing found, why there is nothing. */
function otherwise(ways: readonly StartWay[], isFound: boolean): readonly Judgement[] {
  const missing = ways.flatMap((way) => (way.verdict === 'unknown' ? way.missing : [])).slice(0, 1)
  if (isFound || missing.length > 0) return missing.flatMap(notKnown)
  // Another cause says how a way is broken: nothing is ruled out by that.
  return ways.some(isBroken) ? [] : absent(whyNot(ways))
}

const byComponent = ({ blocker }: StartBreach): string => blocker.component.id

function present(
  { title, component, evidence, fixes }: PathStory,
  breaches: StartBreaches,
  facts: StartFacts,
  ways: readonly StartWay[],
): Judgement {
  const partial = isPartial(breaches, ways)
  return {
    kind: 'present',
    confidence: confidenceOf(breaches, facts),
    title: `${title}${partial ? placeText(breaches) : ''}`,
    component,
    awsExplanationCode: breaches[0].blocker.awsExplanationCode,
    evidence: [...startEvidence(breaches, facts), ...evidence],
    targets: [],
    partial,
    fixes,
  }
}

/** Some subnets have the way, or some packets pass. */
function isPartial(breaches: StartBreaches, ways: readonly StartWay[]): boolean {
  const places = new Set(breaches.map(({ way }) => way.place))
  const all = new Set(ways.map(({ place }) => place))
  return places.size < all.size || breaches.every(({ way }) => way.verdict === 'partial')
}

/** Proven where ECS says the same, or nothing else, of a way that is closed for certain and needed for certain. */
function confidenceOf(breaches: StartBreaches, { trouble }: StartFacts): Confidence {
  const closed = breaches.filter(({ way }) => way.verdict === 'blocked')
  const names = closed.map(({ way }) => way.name)
  const said = pointingAt(
    trouble,
    ['network'],
    ({ facts: { service } }) => names.length > 0 && (service === undefined || names.includes(service)),
  )
  if (said.length > 0) return 'proven'
  const needed = closed.some(({ way }) => way.need.doubt === undefined)
  return trouble.silent && needed ? 'proven' : 'likely'
}

const whyNot = (ways: readonly StartWay[]): string => {
  const names = [...new Set(ways.map(({ name }) => name))]
  return names.length === 0
    ? 'the start asks nothing of the network that is known'
    : `from every subnet of the tasks the ways to ${listText(names)} are open`
}
