/** What all causes on the path share: find their breaches, or say why there is none, or what is missing. */
import type { Confidence, Evidence } from '../../findings/finding.ts'
import type { Blocker, Component } from '../../reachability/result.ts'
import type { CauseCode } from '../causes.ts'
import type { Fix } from '../fix.ts'
import { type Incident, isInvoked, type TargetFacts } from '../incident.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'
import { type Breach, breachesOf, isPartial, missingOnPaths, servingUnknown, targetsOf } from './breaches.ts'
import { claimantOf, isGroupCode } from './claims.ts'
import { placeText } from './words.ts'

interface PathStory {
  /** The sentence; where only some zones or targets are concerned, that is added to it. */
  readonly title: string
  readonly component?: Component
  readonly evidence: readonly Evidence[]
  readonly fixes: readonly Fix[]
}

export interface PathCause {
  readonly code: CauseCode
  /** The AWS explanation codes and direction of the layer it is about: a breach there that another cause claims leaves it open. */
  readonly layer: (blocker: Blocker) => boolean
  /** Whether it could be the cause at all, so that ruling it out says something. @default always */
  readonly concerns?: (incident: Incident, suspects: readonly TargetFacts[]) => boolean
  /** Operations without which the cause can be neither found nor ruled out. */
  readonly needs: readonly string[]
  readonly tell: (breach: Breach, incident: Incident, suspects: readonly TargetFacts[]) => PathStory
  /** Why it is ruled out when no path breaks there. */
  readonly clean: (incident: Incident, suspects: readonly TargetFacts[]) => string
}

/** Without these no path can be asked for at all. */
const always = [
  'ec2:DescribeNetworkInterfaces',
  'elasticloadbalancing:DescribeLoadBalancers',
  'elasticloadbalancing:DescribeTargetGroups',
  'elasticloadbalancing:DescribeTargetHealth',
]

export const pathRule = ({
  code,
  layer,
  concerns = () => true,
  needs,
  tell,
  clean,
}: PathCause): CauseRule => ({
  code,
  judge(incident, suspects) {
    if (suspects.length === 0 || !concerns(incident, suspects)) return []
    if (isInvoked(incident)) return absent('the function is invoked: no packet goes to it')
    const breaches = breachesOf(suspects)
    const own = breaches.filter((breach) => claimantOf(breach, incident) === code)
    const missing = missingOnPaths(suspects).filter((item) => [...needs, ...always].includes(item.missing))
    const found = own.map((breach) => present(breach, incident, suspects, tell))
    const gaps = [...missing, ...own.flatMap(servingUnknown)]
    if (found.length > 0 || gaps.length > 0) return [...found, ...gaps.slice(0, 1).flatMap(notKnown)]
    // The layer is broken, and a more specific cause says how: nothing is ruled out by that.
    return breaches.some(({ blocker }) => layer(blocker)) ? [] : absent(clean(incident, suspects))
  },
})

function present(
  breach: Breach,
  incident: Incident,
  suspects: readonly TargetFacts[],
  tell: PathCause['tell'],
): Judgement {
  const { title, component, evidence, fixes } = tell(breach, incident, suspects)
  return {
    kind: 'present',
    confidence: confidenceOf(breach),
    seen: isShut(breach),
    title: `${title}${placeText(breach, suspects)}`,
    component: component ?? breach.blocker.component,
    awsExplanationCode: breach.blocker.awsExplanationCode,
    evidence,
    targets: targetsOf(breach),
    partial: isPartial(breach, suspects),
    fixes,
  }
}

/**
 * Not proven where AWS calls the target healthy all the same (it was changed since, or fails now and then), where
 * only nodes that send the target no traffic, as far as is known, are cut off (whether those check it is not
 * documented), or where what is not known may lead every packet past the block.
 */
function confidenceOf(breach: Breach): Confidence {
  const healthy = targetsOf(breach).every((target) => target.state === 'healthy')
  const idle = breach.paths.every(({ probe: { serving } }) => !(serving.known && serving.value))
  const unsure = breach.paths.every(({ probe }) => probe.explanation.verdict === 'unknown')
  return idle || unsure || (healthy && isShut(breach)) ? 'likely' : 'proven'
}

const isShut = ({ paths }: Breach): boolean =>
  paths.every(({ probe }) => probe.explanation.verdict === 'blocked')

/** Where packets are sent on. */
const ROUTING = ['route-table', 'transit-gateway-route-table', 'vpc-peering-connection'] as const

/** The layers of a path, as blockers name them. */
export const layers = {
  groups: ({ awsExplanationCode }: Blocker) => isGroupCode(awsExplanationCode),
  balancerGroups: (blocker: Blocker) => layers.groups(blocker) && blocker.direction === 'egress',
  targetGroups: (blocker: Blocker) => layers.groups(blocker) && blocker.direction === 'ingress',
  acls: ({ awsExplanationCode }: Blocker) => awsExplanationCode === 'SUBNET_ACL_RESTRICTION',
  routes: ({ component: { type } }: Blocker) => ROUTING.some((one) => one === type),
} as const
