/** What ECS said, quoted. */
import type { Evidence } from '../../findings/finding.ts'
import type { Container, Task } from '../../snapshot/types.ts'
import type { Stop } from './stops.ts'

const SHOWN = 3

export const taskEvidence = (task: Task, field: string, observed: unknown, expected: string): Evidence => ({
  operation: 'ecs:DescribeTasks',
  resource: task.taskArn,
  field,
  observed,
  expected,
})

/** AWS's own words for the newest stops. */
export const stopEvidence = (stops: readonly Stop[], expected: string): readonly Evidence[] =>
  stops.slice(0, SHOWN).map(({ task, reason }) => taskEvidence(task, 'stoppedReason', reason, expected))

export const containerEvidence = (
  task: Task,
  { name }: Container,
  field: 'healthStatus' | 'exitCode' | 'reason',
  observed: unknown,
  expected: string,
): Evidence => taskEvidence(task, `containers[${name}].${field}`, observed, expected)

export const definitionEvidence = (
  taskDefinitionArn: string | undefined,
  field: string,
  observed: unknown,
  expected: string,
): Evidence => ({
  operation: 'ecs:DescribeTaskDefinition',
  resource: taskDefinitionArn ?? '',
  field,
  observed,
  expected,
})
