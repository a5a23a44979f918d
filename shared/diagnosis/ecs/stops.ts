/**
 * Why ECS stopped a task. `stopCode` is stable, the texts are not ("do not rely on the error messages"), so they
 * are only searched, in old and new wordings, and the raw text is always kept.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-tasks-error-messages-updates.html
 */
import type { Task } from '../../snapshot/types.ts'

interface StopMeaning {
  /** False where somebody or something meant the task to stop. */
  readonly failure: boolean
  /** Stop codes that say it without the text. */
  readonly codes: readonly string[]
  readonly text: RegExp
}

/** The first that knows the stop code wins, else the first whose text matches. */
export const meanings = {
  'essential-exited': {
    failure: true,
    codes: ['EssentialContainerExited'],
    text: /essential container\b.*\bexited/i,
  },
  'failed-to-start': {
    failure: true,
    codes: ['TaskFailedToStart'],
    text: /Cannot(Pull|Start|Create)\w*Error|ResourceInitializationError|task failed to start/i,
  },
  user: { failure: false, codes: ['UserInitiated'], text: /\b(stopped|stop task) by user/i },
  spot: { failure: false, codes: ['SpotInterruption'], text: /spot\b.*\binterrupt/i },
  host: {
    failure: false,
    codes: ['TerminationNotice', 'InfrastructureHealth'],
    text: /host ec2\b.*(stopped|terminated)|container instance deregistration/i,
  },
  'container-health': { failure: true, codes: [], text: /failed\s+container\s+health\s*checks?/i },
  'target-health': {
    failure: true,
    codes: [],
    text: /failed\s+(elb|elastic load balancing|load[ -]?balancer|target[ -]?group)\s+health\s*checks?|is unhealthy in \((target-group|elb)/i,
  },
  'out-of-memory': { failure: true, codes: [], text: /out\s*of\s*memory/i },
  scaling: { failure: false, codes: [], text: /scaling activity initiated by/i },
} as const satisfies Record<string, StopMeaning>

type StopKind = keyof typeof meanings

export interface Stop {
  readonly task: Task
  /** `other`: a stop that no pattern knows; its text speaks for itself. */
  readonly kind: StopKind | 'other'
  /** AWS's own words, unchanged. */
  readonly reason: string
  /** From RUNNING until ECS began to stop it; absent for a task that never ran. */
  readonly livedSeconds: number | undefined
}

export const stopOf = (task: Task): Stop => ({
  task,
  kind: kindOf(task.stopCode, task.stoppedReason ?? ''),
  reason: task.stoppedReason ?? task.stopCode ?? 'no reason given',
  livedSeconds: secondsBetween(task.startedAt, task.stoppingAt ?? task.stoppedAt),
})

/** What nobody meant to happen; a stop that no pattern knows counts as one. */
export const isFailure = ({ kind }: Stop): boolean => kind === 'other' || meanings[kind].failure

function kindOf(code: string | undefined, reason: string): Stop['kind'] {
  const kinds = Object.keys(meanings) as readonly StopKind[]
  const knows = (kind: StopKind): StopMeaning => meanings[kind]
  const byCode = kinds.find((kind) => code !== undefined && knows(kind).codes.includes(code))
  return byCode ?? kinds.find((kind) => knows(kind).text.test(reason)) ?? 'other'
}

function secondsBetween(from: string | undefined, to: string | undefined): number | undefined {
  if (from === undefined || to === undefined) return undefined
  const seconds = Math.round((Date.parse(to) - Date.parse(from)) / 1000)
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined
}
