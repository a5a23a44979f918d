/**
 * When ECS stops a task that never passes the load balancer's check. A grace period makes ECS ignore the checks for
 * so many seconds after the task has started; then an unhealthy target is enough.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html (healthCheckGracePeriodSeconds)
 */
import type { TargetGroup } from '../../snapshot/types.ts'
import type { Stop } from './stops.ts'

/** For the service scheduler to notice, and for registration. */
const SLACK_SECONDS = 60
/** Tasks that meet the same deadline die within about one check of each other. */
const LEAST_SPREAD_SECONDS = 30

export interface Deadline {
  readonly graceSeconds: number
  /** Interval times unhealthy threshold. */
  readonly checkSeconds: number
  readonly intervalSeconds: number
  /** A task that is never healthy is stopped between these, in seconds after its start. */
  readonly from: number
  readonly to: number
}

/** Undefined where the group's settings are not told. */
export function deadlineOf(group: TargetGroup, graceSeconds: number): Deadline | undefined {
  const { HealthCheckIntervalSeconds: intervalSeconds, UnhealthyThresholdCount: threshold } = group
  if (intervalSeconds === undefined || threshold === undefined) return undefined
  const checkSeconds = intervalSeconds * threshold
  const timeout = group.HealthCheckTimeoutSeconds ?? 0
  return {
    graceSeconds,
    checkSeconds,
    intervalSeconds,
    // Checks begin with the registration, shortly before the task counts as started.
    from: Math.max(graceSeconds, checkSeconds - intervalSeconds),
    to: graceSeconds + checkSeconds + intervalSeconds + timeout + SLACK_SECONDS,
  }
}

export const meets = ({ from, to }: Deadline, { livedSeconds }: Stop): boolean =>
  livedSeconds !== undefined && from <= livedSeconds && livedSeconds <= to

/** The signature: killed at the same offset every time. */
export function isSteady({ intervalSeconds }: Deadline, seconds: readonly number[]): boolean {
  const spread = Math.max(...seconds) - Math.min(...seconds)
  return spread <= Math.max(intervalSeconds, LEAST_SPREAD_SECONDS)
}

/** In whole half minutes, upwards. */
export const inHalfMinutes = (seconds: number): number => Math.ceil(seconds / ROUND_SECONDS) * ROUND_SECONDS

const ROUND_SECONDS = 30
const FACTOR = 2

/** How long a start takes is not known, only what was too short: twice that, in whole half minutes. */
export const saneGrace = (longestLife: number, startPeriods: readonly number[]): number =>
  inHalfMinutes(Math.max(longestLife, ...startPeriods) * FACTOR)
