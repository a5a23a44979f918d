/** A corrected health check of a container: what its command stumbles on, and time to start. */
import type { ContainerDefinition, TaskDefinition } from '../../snapshot/types.ts'
import type { Fix } from '../fix.ts'
import type { Doubt } from './check-command.ts'
import { revisionName } from './words.ts'

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html */
const defaults = { interval: 30, retries: 3, startPeriod: 0 } as const
const LONGEST_START_PERIOD = 300

/** How long a container that never passes lives before ECS calls it unhealthy, in seconds. */
export function secondsToUnhealthy({ healthCheck }: ContainerDefinition): number {
  const { interval, retries, startPeriod } = { ...defaults, ...healthCheck }
  return startPeriod + interval * retries
}

/** @param diedEarly the tasks never passed, so that they may need more time to start */
export function checkFixes(
  definition: TaskDefinition,
  own: ContainerDefinition,
  doubts: readonly Doubt[],
  diedEarly: boolean,
): readonly Fix[] {
  const { healthCheck, name = '' } = own
  if (!healthCheck?.command) return []
  const command = doubts.reduce<readonly string[]>(
    (now, { mend }) => (mend ? mend(now) : now),
    healthCheck.command,
  )
  const mended = command.join() !== healthCheck.command.join()
  const wrong = mended && doubts.some(({ confidence }) => confidence === 'likely')
  const startPeriod = diedEarly && !wrong ? longerStart(own) : healthCheck.startPeriod
  if (!mended && startPeriod === healthCheck.startPeriod) return []
  const parts = [
    mended ? `the command ${JSON.stringify(command)}` : undefined,
    startPeriod === healthCheck.startPeriod
      ? undefined
      : `startPeriod ${startPeriod} s, twice the ${secondsToUnhealthy(own)} s after which ECS gives up now`,
  ]
  return [
    {
      title: `Give ${name} in ${revisionName(definition.taskDefinitionArn)} ${parts.filter(Boolean).join(' and ')}`,
      patches: [
        {
          kind: 'container-definition',
          taskDefinitionArn: definition.taskDefinitionArn,
          containerName: name,
          container: {
            healthCheck: { ...healthCheck, command, ...(startPeriod !== undefined && { startPeriod }) },
          },
        },
      ],
      verifiable: false,
    },
  ]
}

/** Failures within the start period do not count. Twice the time that was too short, within AWS's limit. */
const longerStart = (own: ContainerDefinition): number =>
  Math.max(own.healthCheck?.startPeriod ?? 0, Math.min(LONGEST_START_PERIOD, secondsToUnhealthy(own) * 2))
