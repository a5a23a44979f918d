/** Whether tasks fail to start, and what ECS says of it. */
import type { Service, Task } from '../../../snapshot/types.ts'
import { classifyStop, type Recognised, type StopSaying } from '../stop-reasons/classify.ts'
import type { Aim, Category } from '../stop-reasons/pattern.ts'
import type { Stop } from '../stops.ts'

export interface FailedStart {
  readonly stop: Stop
  readonly sayings: readonly StopSaying[]
}

export interface StartTrouble {
  /** Tasks that never came up, newest first. */
  readonly failed: readonly FailedStart[]
  /** Fewer tasks run than are wanted, none does, and ECS remembers no stop that says why. */
  readonly silent: boolean
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html */
const OF_A_START: readonly (Category | undefined)[] = [
  'CannotPullContainerError',
  'CannotCreateContainerError',
  'CannotCreateVolumeError',
  'CannotStartContainerError',
  'ResourceInitializationError',
  'ResourceNotFoundException',
  'TaskFailedToStart',
]

export function troubleOf(service: Service, running: readonly Task[], stops: readonly Stop[]): StartTrouble {
  const failed = stops
    .map((stop) => ({ stop, sayings: classifyStop(stop.task) }))
    .filter(({ stop, sayings }) => stop.kind === 'failed-to-start' || sayings.some(isOfStart))
  const wanted = (service.desiredCount ?? 0) > 0
  const up = running.some(({ lastStatus }) => lastStatus === 'RUNNING')
  return { failed, silent: wanted && !up && stops.length === 0 }
}

const isOfStart = ({ category }: StopSaying): boolean => OF_A_START.includes(category)

export const isTrouble = ({ failed, silent }: StartTrouble): boolean => failed.length > 0 || silent

/** Failed starts of which ECS's words point at one of these, with those words. */
export const pointingAt = (
  { failed }: StartTrouble,
  aims: readonly Aim[],
  fits: (saying: Recognised) => boolean = () => true,
): readonly FailedStart[] =>
  failed.flatMap(({ stop, sayings }) => {
    const own = mostTelling(sayings).filter(
      (saying) =>
        saying.kind === 'recognised' && saying.aims.some((aim) => aims.includes(aim)) && fits(saying),
    )
    return own.length > 0 ? [{ stop, sayings: own }] : []
  })

/** Of each text what says most: further wordings in it are quoted from others. */
const mostTelling = (sayings: readonly StopSaying[]): readonly StopSaying[] =>
  sayings.filter((saying, index) => sayings.findIndex(({ text }) => text === saying.text) === index)
