/** ECS's own words of starts that failed, for where no cause explains them: they are told as they are. */
import type { UnknownCause } from '../../../findings/finding.ts'
import type { Incident } from '../../incident.ts'
import { stopOf } from '../stops.ts'
import { type FailedStart, troubleOf } from './trouble.ts'

const TASKS = 'ecs:DescribeTasks'

/** The newest of each wording. */
export function unexplainedStarts({ services }: Incident): readonly UnknownCause[] {
  if (!services.known) return []
  const reasons = services.value.flatMap(({ service, stoppedTasks }) => {
    const stops = stoppedTasks.known ? stoppedTasks.value.map(stopOf) : []
    return troubleOf(service, [], stops).failed.map(wordsOf)
  })
  return [...new Set(reasons)].slice(0, SHOWN).map((reason) => ({
    code: 'undetermined',
    missing: TASKS,
    because: `ECS says “${reason}”, which no cause explains`,
  }))
}

const SHOWN = 3

/** Often the task's own words say only that it failed, and those of a container say why. */
const wordsOf = ({ stop: { reason, task } }: FailedStart): string =>
  [reason, ...(task.containers ?? []).flatMap((one) => one.reason ?? [])]
    .filter((text, index, all) => text !== '' && all.indexOf(text) === index)
    .join('”, “')
