/** One generated incident: a healthy system, a fault, and what the audit tells. */
import type { CauseCode } from '../../shared/diagnosis/causes.ts'
import { randomOf } from '../bench/random.ts'
import * as aws from '../fixtures/index.ts'
import type { Fault } from './faults/fault.ts'
import { alike } from './faults.ts'
import type { Stall } from './stalls.ts'
import { type System, systemOf } from './systems.ts'
import { told } from './told.ts'
import { drawn, textOf } from './traits.ts'

export interface Outcome {
  readonly injected: CauseCode
  /** Root causes of what is struck; `none` where nothing is found. */
  readonly told: readonly string[]
  /** Root causes of what is healthy. */
  readonly bystanders: readonly string[]
  /** How to see it again. */
  readonly name: string
}

export function incident(injected: CauseCode, fault: Fault, seed: number): Outcome {
  const random = randomOf(seed)
  const traits = drawn(fault.fits, random)
  const system = systemOf(traits, random, fault.ports)
  const stall = random.pick(system.stalls)
  fault.strike({ system, world: system.world, stall, random })
  const findings = told(aws.snapshotOf(system.world))
  const struck = subjects(system, stall, fault)
  const rootsOf = (list: typeof findings) => [...new Set(list.map(({ rootCause }) => rootCause.code))]
  const own = rootsOf(findings.filter(({ subject }) => struck.includes(subject.arn)))
  return {
    injected,
    told: own.length > 0 ? own : ['none'],
    bystanders: rootsOf(findings.filter(({ subject }) => !struck.includes(subject.arn))),
    name: `${injected} (${seed}): ${textOf(traits)}, ${stall.name}`,
  }
}

function subjects({ loadBalancer, stalls }: System, stall: Stall, { of }: Fault): readonly string[] {
  if (of === 'balancer') return [loadBalancer]
  const all = of === 'everybody' ? stalls : [stall]
  return all.flatMap(({ targetGroup, ecs }) => [targetGroup, ...(ecs ? [ecs.service] : [])])
}

export const isRight = ({ injected, told, bystanders }: Outcome): boolean =>
  bystanders.length === 0 &&
  told.every((code) => code === injected || alike[injected]?.some((other) => other === code))
