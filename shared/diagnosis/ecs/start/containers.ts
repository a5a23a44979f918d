/** The containers that a failing start was to make. */
import type { ContainerDefinition } from '../../../snapshot/types.ts'
import type { StartFacts } from './facts.ts'

export const containersOf = ({ definition }: StartFacts): readonly ContainerDefinition[] =>
  definition.known ? (definition.value.containerDefinitions ?? []) : []

export const definitionArn = ({ definition, tasks }: StartFacts): string | undefined =>
  definition.known ? definition.value.taskDefinitionArn : tasks.service.taskDefinition
