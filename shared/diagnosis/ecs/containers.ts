/** Containers of a task, joined with their definitions. */
import type { Component } from '../../reachability/result.ts'
import type { Container, ContainerDefinition, Known, Task, TaskDefinition } from '../../snapshot/types.ts'
import { familyName } from './words.ts'

export const containerDefinitionOf = (
  definition: Known<TaskDefinition>,
  name: string | undefined,
): ContainerDefinition | undefined =>
  definition.known ? definition.value.containerDefinitions?.find((item) => item.name === name) : undefined

/** ECS takes a container for essential unless told otherwise; so do we without its definition. */
export const essentialOf = (task: Task, definition: Known<TaskDefinition>): readonly Container[] =>
  (task.containers ?? []).filter(({ name }) => containerDefinitionOf(definition, name)?.essential !== false)

/** Stable over revisions, so that a new revision with the old fault is the same finding. */
export const containerComponent = (task: Pick<Task, 'taskDefinitionArn'>, name: string): Component => ({
  type: 'container',
  id: `${familyName(task.taskDefinitionArn)}/${name}`,
  name,
})

export const OUT_OF_MEMORY = /out\s*of\s*memory|killed due to memory/i

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/out-of-memory.html */
export const isOutOfMemory = ({ reason }: Container): boolean => OUT_OF_MEMORY.test(reason ?? '')

export const ranOutOfMemory = ({ containers, stoppedReason }: Task): boolean =>
  OUT_OF_MEMORY.test(stoppedReason ?? '') || (containers ?? []).some(isOutOfMemory)

/** Ports on which containers say that they listen, ranges included. */
export const mappedPorts = (
  definitions: readonly ContainerDefinition[],
): readonly { from: number; to: number }[] =>
  definitions.flatMap(({ portMappings = [] }) =>
    portMappings.flatMap(({ containerPort, containerPortRange }) => {
      const [from, to] = (containerPortRange ?? String(containerPort)).split('-').map(Number)
      return from !== undefined && Number.isInteger(from) ? [{ from, to: to ?? from }] : []
    }),
  )
