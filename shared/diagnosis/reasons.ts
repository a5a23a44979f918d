/**
 * What AWS's reason code already proves: which classes of causes it leaves, and which it excludes.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
import { remembered, rememberedFor } from '../network/remembered.ts'
import type { CauseClass } from './causes.ts'
import type { GroupFacts, TargetFacts } from './incident.ts'

interface Reading {
  readonly leaves: readonly CauseClass[]
  /** Why the other classes are excluded. */
  readonly because: string
}

const answers: Reading = {
  leaves: ['response', 'protocol', 'lifecycle', 'application', 'runtime'],
  because: 'the target answered with a status code, so packets arrive and come back',
}

/** The only code that Network Load Balancers have: it stands for every kind of failure. */
const anything: Reading = {
  leaves: ['path', 'port', 'protocol', 'response', 'lifecycle', 'runtime'],
  because: 'the target is being checked',
}

/** A map, not a record: a reason such as "constructor" must find nothing. */
const readings: ReadonlyMap<string, Reading> = new Map(
  Object.entries({
    'Target.ResponseCodeMismatch': answers,
    'Target.Timeout': {
      leaves: ['path', 'port', 'protocol', 'lifecycle', 'application', 'runtime'],
      because: 'the check timed out: no answer came at all',
    },
    // An ALB says this when the connection is refused or reset: silent drops time out instead.
    'application/Target.FailedHealthChecks': {
      leaves: ['port', 'protocol', 'lifecycle', 'runtime'],
      because: 'the connection was refused or broken off, so packets arrive; dropped packets would time out',
    },
    'Target.FailedHealthChecks': {
      ...anything,
      because: 'a Network Load Balancer tells no more than that the check failed',
    },
    'Target.NotInUse': { leaves: ['registration'], because: 'the target is not checked at all' },
    'Target.InvalidState': { leaves: ['registration'], because: 'the target is not checked at all' },
    'Target.IpUnusable': { leaves: ['registration'], because: 'the target is not checked at all' },
    'Target.NotRegistered': { leaves: ['registration'], because: 'the target is not registered' },
    'Elb.InternalError': {
      leaves: ['runtime'],
      because: 'Elastic Load Balancing reports an internal error of its own',
    },
  }),
)

const beginning: Reading = {
  leaves: ['path', 'port', 'protocol', 'lifecycle'],
  because: 'the first checks are still running',
}

/** A healthy target answered: a path that is broken now was changed since, or fails now and then. */
const healthy: Reading = { leaves: ['path'], because: 'the target is healthy' }

const leaving: Reading = { leaves: [], because: 'the target is being taken out' }

const failingStates = ['unhealthy', 'unhealthy.draining', 'unused', 'unavailable']

export const isFailing = ({ state, reason }: TargetFacts): boolean =>
  failingStates.includes(state) &&
  reason !== 'Target.HealthCheckDisabled' &&
  reason !== 'Target.DeregistrationInProgress'

export function readingOf(group: GroupFacts, target: TargetFacts): Reading {
  if (!isFailing(target))
    return target.state === 'healthy' ? healthy : target.state === 'initial' ? beginning : leaving
  const type = typeOf(group)
  const reason = target.reason ?? ''
  return (type && readings.get(`${type}/${reason}`)) || readings.get(reason) || anything
}

const typeOf = remembered(balancerType)

/** The kind of load balancer decides what a reason code means; of the group where none was collected. */
function balancerType(group: GroupFacts): string | undefined {
  const first = group.loadBalancers.known ? group.loadBalancers.value[0] : undefined
  const byArn = group.targetGroup.LoadBalancerArns?.[0]?.includes(':loadbalancer/app/')
    ? 'application'
    : undefined
  const byProtocol = /^HTTPS?$/.test(group.targetGroup.Protocol ?? '') ? 'application' : undefined
  return first?.Type ?? byArn ?? byProtocol
}

/** Targets for which AWS's reason code leaves a class of causes possible. */
export const suspectsOf = rememberedFor((group: GroupFacts, causeClass: CauseClass): readonly TargetFacts[] =>
  (group.targets.known ? group.targets.value : []).filter((target) =>
    readingOf(group, target).leaves.includes(causeClass),
  ),
)

/** Why a class is excluded for all failing targets, in AWS's words; undefined when it is not. */
export const exclusion = rememberedFor((group: GroupFacts, causeClass: CauseClass): string | undefined => {
  const failing = (group.targets.known ? group.targets.value : []).filter(isFailing)
  const readingsOfAll = failing.map((target) => ({ target, reading: readingOf(group, target) }))
  if (readingsOfAll.some(({ reading }) => reading.leaves.includes(causeClass))) return undefined
  const [first] = readingsOfAll
  if (!first) return undefined
  const { reason = 'no reason', description } = first.target
  return `AWS reports ${reason}${description ? ` (“${description}”)` : ''}: ${first.reading.because}`
})
