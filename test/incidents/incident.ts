/** One generated incident: a healthy system, a fault, and what the audit tells. */
import type { CauseCode } from '../../shared/diagnosis/causes.ts'
import type { Finding } from '../../shared/findings/finding.ts'
import { randomOf } from '../bench/random.ts'
import * as aws from '../fixtures/index.ts'
import type { Fault } from './faults/fault.ts'
import { alike } from './faults.ts'
import type { Stall } from './market.ts'
import { type System, systemOf } from './systems.ts'
import { told } from './told.ts'
import { drawn, type Traits, textOf } from './traits.ts'

export interface Plan {
  readonly traits: Traits
  readonly ports: readonly number[] | undefined
}

export interface Seeds {
  readonly system: number
  readonly incident: number
}

const built = ({ traits, ports }: Plan, seed: number): System => systemOf(traits, randomOf(seed), ports)

/** What is found in a system that nothing has struck. */
export const foundInHealthy = (plan: Plan, seed: number): readonly string[] =>
  told(aws.snapshotOf(built(plan, seed).world)).map(
    ({ rootCause }) => `${textOf(plan.traits)}: ${rootCause.title}`,
  )

export interface Outcome {
  readonly injected: CauseCode
  /** Root causes of what is struck; `none` where nothing is found. */
  readonly told: readonly string[]
  /** Root causes of what is healthy. */
  readonly bystanders: readonly string[]
  /** The system before it was struck. */
  readonly plan: Plan
  /** How to see it again. */
  readonly name: string
}

/** @param seeds of the system, which incidents share, and of what happens to it */
export function incident(injected: CauseCode, fault: Fault, seeds: Seeds): Outcome {
  const { plan, world, struck, amid, name } = struckSystem(fault, seeds)
  const findings = told(aws.snapshotOf(world)).filter((finding) => !amid(finding))
  const rootsOf = (list: typeof findings) => [...new Set(list.map(({ rootCause }) => rootCause.code))]
  const own = rootsOf(findings.filter(({ subject }) => struck.includes(subject.arn)))
  return {
    injected,
    told: own.length > 0 ? own : ['none'],
    bystanders: rootsOf(findings.filter(({ subject }) => !struck.includes(subject.arn))),
    plan,
    name: `${injected} (${seeds.incident}): ${name}`,
  }
}

/** A system after a fault, and the subjects that suffer. */
export function struckSystem({ or: other, ...first }: Fault, seeds: Seeds) {
  const random = randomOf(seeds.incident)
  const fault = other ? random.pick([first, other]) : first
  const plan = { traits: drawn(fault.fits, random), ports: fault.ports }
  const system = built(plan, seeds.system)
  const { world } = system
  const stall = random.pick(system.stalls)
  fault.strike({ system, world, stall, random })
  return {
    plan,
    world,
    struck: subjects(system, stall, fault),
    amid: ({ subject, rootCause: { code } }: Finding) =>
      fault.amid !== undefined &&
      subjectsOf(stall).includes(subject.arn) &&
      [fault.amid, ...(alike[fault.amid] ?? [])].some((own) => own === code),
    name: `${textOf(plan.traits)}, ${stall.name}`,
  }
}

function subjects({ loadBalancer, stalls }: System, stall: Stall, { of }: Fault): readonly string[] {
  if (of === 'balancer') return [loadBalancer]
  const all = of === 'everybody' ? stalls : [stall]
  return all.flatMap(subjectsOf)
}

const subjectsOf = ({ targetGroup, ecs }: Stall): readonly string[] => [
  targetGroup,
  ...(ecs ? [ecs.service] : []),
]

export const isRight = ({ injected, told, bystanders }: Outcome): boolean =>
  bystanders.length === 0 &&
  told.every((code) => code === injected || alike[injected]?.some((other) => other === code))
