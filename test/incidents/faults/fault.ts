import type { CauseCode } from '../../../shared/diagnosis/causes.ts'
import type { Random } from '../../bench/random.ts'
import * as aws from '../../fixtures/index.ts'
import type { Kitchen, Stall } from '../market.ts'
import type { Endpoints } from '../streets.ts'
import type { System } from '../systems.ts'
import { isApplication, type Traits } from '../traits.ts'

/** A market, the stall that the fault strikes, and the dice. */
export interface Scene {
  readonly system: System
  readonly world: aws.World
  readonly stall: Stall
  readonly random: Random
}

/** Changes the world, and what AWS says of it then. */
export interface Fault {
  readonly fits: (traits: Traits) => boolean
  readonly strike: (scene: Scene) => void
  /** Whom findings may speak of. @default the stall that is struck: its target group and its service */
  readonly of?: 'balancer' | 'everybody'
  /** Where applications listen. @default any of those that fixtures use */
  readonly ports?: readonly number[]
  /** What the stall suffers meanwhile, which is told by its own name. */
  readonly amid?: CauseCode
  /** What else has the same name; one of both strikes. */
  readonly or?: Fault
}

export function kitchenOf({ stall }: Scene): Kitchen {
  if (!stall.ecs) throw new Error('a fault of ECS in a system without')
  return stall.ecs
}

export function waysOf({ system }: Scene): Endpoints {
  if (!system.endpoints) throw new Error('a fault of endpoints in a system without')
  return system.endpoints
}

/** Dropped packets: Application Load Balancers tell a timeout, Network Load Balancers only that checks failed. */
export function silence({ system, world, random }: Scene, of: Stall): void {
  const health = isApplication(system.traits) ? aws.health.timeout : aws.health.failed
  aws.setHealth(world, of.targetGroup, health)
  if (random.below(2) === 0) replaceTasks(world, of, random)
}

/** Refused connections and what is not understood. */
export function refuse({ world, stall, random }: Scene): void {
  aws.setHealth(world, stall.targetGroup, aws.health.failed)
  if (random.below(2) === 0) replaceTasks(world, stall, random)
}

export function answer({ world, stall }: Scene, ...codes: readonly number[]): void {
  aws.setHealth(world, stall.targetGroup, aws.wrongCode(...codes))
}

/** ECS stops tasks whose targets stay unhealthy, each after the grace period and the checks that it takes. */
export function replaceTasks(world: aws.World, { ecs, targetGroup }: Stall, random: Random): void {
  if (!ecs) return
  const { healthCheckGracePeriodSeconds: grace = 0 } = aws.serviceOf(world, ecs.service)
  const { HealthCheckIntervalSeconds: every = 0, UnhealthyThresholdCount: count = 0 } = aws.targetGroupOf(
    world,
    targetGroup,
  )
  const lives = [0, 1].map(() => grace + every * count + random.between(3, 9))
  for (const task of ecs.tasks) aws.taskOf(world, task).startedAt = aws.secondsBefore(world, grace + every)
  liveAndStop(world, ecs, lives, aws.stops.targetHealth(targetGroup))
}

/** Tasks that ran beside those that run now, and stopped; the newest a minute ago. */
export function liveAndStop(
  world: aws.World,
  { service, tasks: [like = ''] }: Kitchen,
  lives: readonly number[],
  stop: Omit<Parameters<typeof aws.stopTask>[2], 'secondsAgo'>,
): void {
  const { containerInstanceArn, attachments } = aws.taskOf(world, like)
  const registered = structuredClone(world.targetHealth)
  const subnet = attachments?.[0]?.details?.find(({ name }) => name === 'subnetId')?.value
  lives.forEach((seconds, index) => {
    const secondsAgo = 60 + index * 600
    const task = aws.runTask(world, {
      service,
      name: `stopped-${index}`,
      startedSecondsAgo: secondsAgo + 42 + seconds,
      firstHostPort: 40000 + index,
      ...(subnet !== undefined && { subnet }),
      ...(containerInstanceArn !== undefined && { containerInstance: containerInstanceArn }),
    })
    aws.stopTask(world, task, { ...stop, secondsAgo })
  })
  // Their targets are gone; those of the tasks that run stay, on the same instances, too.
  Object.assign(world.targetHealth, registered)
}
