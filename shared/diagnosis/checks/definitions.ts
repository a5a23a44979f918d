/** The task definitions that stand behind a target group now. */

import { known } from '../../snapshot/known.ts'
import type { Known, TaskDefinition } from '../../snapshot/types.ts'
import type { Incident } from '../incident.ts'

export function definitionsBehind({ services }: Incident): Known<readonly TaskDefinition[]> {
  if (!services.known) return services
  const found: TaskDefinition[] = []
  for (const { taskDefinition } of services.value) {
    if (!taskDefinition.known) return taskDefinition
    found.push(taskDefinition.value)
  }
  return known(found)
}
