/** More memory for a container: its own limit where it has one, and a task size that Fargate offers. */
import type { ContainerDefinition, TaskDefinition } from '../../snapshot/types.ts'
import type { Fix } from '../fix.ts'
import { fargateSize, type TaskSize } from './fargate-sizes.ts'
import { revisionName } from './words.ts'

/** What a killed container gets; how much it needs, no configuration tells. */
const FACTOR = 2

export function memoryFix(definition: TaskDefinition, name: string): readonly Fix[] {
  const { taskDefinitionArn, containerDefinitions = [] } = definition
  const own = containerDefinitions.find((item) => item.name === name)
  const limit = own?.memory === undefined ? undefined : own.memory * FACTOR
  const size = sizeFor(
    definition,
    limit,
    containerDefinitions.filter((item) => item !== own),
  )
  if (limit === undefined && size === undefined) return []
  return [
    {
      title: `Give ${name} more memory in ${revisionName(taskDefinitionArn)}: ${words(limit, size)}`,
      patches: [
        {
          kind: 'container-definition',
          taskDefinitionArn,
          containerName: name,
          ...(limit !== undefined && { container: { memory: limit } }),
          ...(size && { task: { cpu: String(size.cpu), memory: String(size.memory) } }),
        },
      ],
      verifiable: false,
    },
  ]
}

const words = (limit: number | undefined, size: TaskSize | undefined): string =>
  [
    limit && `${limit} MiB for the container`,
    size && `${size.memory} MiB and ${size.cpu} CPU units for the task`,
  ]
    .filter(Boolean)
    .join(', ')

/** Undefined where the task's own memory does not have to change, is not set, or cannot grow. */
function sizeFor(
  { cpu, memory, requiresCompatibilities = [] }: TaskDefinition,
  limit: number | undefined,
  others: readonly ContainerDefinition[],
): TaskSize | undefined {
  const now = { cpu: Number(cpu), memory: Number(memory) }
  if (!(now.cpu > 0 && now.memory > 0)) return undefined
  const reserved = others.reduce((sum, item) => sum + (item.memory ?? item.memoryReservation ?? 0), 0)
  const needed = limit === undefined ? now.memory + 1 : limit + reserved
  if (needed <= now.memory) return undefined
  if (requiresCompatibilities.includes('FARGATE')) return fargateSize({ ...now, memory: needed })
  return { ...now, memory: limit === undefined ? now.memory * FACTOR : needed }
}
