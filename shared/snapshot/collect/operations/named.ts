/** What the task definitions in use name: roles, images, secrets, parameters, log groups, file systems. */
import {
  credentialsReferenceOf,
  ecrImageOf,
  isAt,
  placeOf,
  roleNameOf,
  type SecretReference,
  secretReferenceOf,
} from '../../references.ts'
import type { Container, ContainerDefinition, Responses, Task, TaskDefinition } from '../../types.ts'

function definitionsIn(responses: Responses): readonly TaskDefinition[] {
  const all = Object.values(responses['ecs:DescribeTaskDefinition'] ?? {})
  return all.flatMap(({ taskDefinition }) => taskDefinition ?? [])
}

const tasksIn = (responses: Responses): readonly Task[] =>
  Object.values(responses['ecs:DescribeTasks'] ?? {}).flatMap(({ tasks }) => tasks ?? [])

const distinct = (values: readonly (string | undefined)[]): readonly string[] =>
  [...new Set(values.filter((value) => value !== undefined && value !== ''))] as readonly string[]

type OfContainer<T> = (container: ContainerDefinition, definition: TaskDefinition) => readonly T[]

const eachContainer = <T>(responses: Responses, of: OfContainer<T>): readonly T[] =>
  definitionsIn(responses).flatMap((definition) =>
    (definition.containerDefinitions ?? []).flatMap((container) => of(container, definition)),
  )

/** Names of execution roles and task roles, also of those that a task was started with in place of its definition's. */
export function rolesOf(responses: Responses): readonly string[] {
  const overrides = tasksIn(responses).map((task) => task.overrides)
  const all = [...definitionsIn(responses), ...overrides]
  return distinct(all.flatMap((one) => [one?.executionRoleArn, one?.taskRoleArn])).map(roleNameOf)
}

export function taskRolesOf(responses: Responses): readonly string[] {
  const overrides = tasksIn(responses).map((task) => task.overrides)
  return distinct([...definitionsIn(responses), ...overrides].map((one) => one?.taskRoleArn)).map(roleNameOf)
}

/** The log groups in the definitions' own Region: those of others are not this scope's to tell. */
export const logGroupsOf = (responses: Responses): readonly string[] =>
  distinct(
    eachContainer(responses, ({ logConfiguration }, definition) => {
      const { 'awslogs-group': group, 'awslogs-region': region } = logConfiguration?.options ?? {}
      const here = placeOf(definition.taskDefinitionArn).region
      return logConfiguration?.logDriver === 'awslogs' && (region ?? here) === here ? [group] : []
    }),
  )

export const fileSystemsOf = (responses: Responses): readonly string[] =>
  distinct(
    definitionsIn(responses).flatMap(({ volumes = [] }) =>
      volumes.map((volume) => volume.efsVolumeConfiguration?.fileSystemId),
    ),
  )

export interface ImageId {
  readonly imageTag?: string
  readonly imageDigest?: string
}

/**
 * Repository -> images, of the account's own registry in its own Region: of another registry nothing is known here. A
 * running task's digest is asked for too, since it is what the next task of its deployment starts from.
 */
export function imagesOf(responses: Responses): ReadonlyMap<string, readonly ImageId[]> {
  const places = definitionsIn(responses).map(({ taskDefinitionArn }) => placeOf(taskDefinitionArn))
  const containers: readonly Pick<Container, 'image' | 'imageDigest'>[] = [
    ...eachContainer(responses, (container) => [container]),
    ...tasksIn(responses).flatMap((task) => task.containers ?? []),
  ]
  const found = new Map<string, Map<string, ImageId>>()
  for (const { image = '', imageDigest } of containers) {
    const parsed = ecrImageOf(image)
    if (!parsed || !places.some((place) => isAt(place, parsed))) continue
    const ids = found.get(parsed.repository) ?? new Map<string, ImageId>()
    found.set(parsed.repository, ids)
    for (const digest of distinct([parsed.digest, imageDigest])) ids.set(digest, { imageDigest: digest })
    if (parsed.tag && !parsed.digest) ids.set(parsed.tag, { imageTag: parsed.tag })
  }
  return new Map([...found].map(([repository, ids]) => [repository, [...ids.values()]]))
}

/** Of the definition's own account and Region; what has no ARN is there by nature. */
export function secretReferencesOf(responses: Responses): readonly SecretReference[] {
  const written = eachContainer(responses, (container, definition) => {
    const here = placeOf(definition.taskDefinitionArn)
    const { secrets = [], logConfiguration, repositoryCredentials } = container
    const values = [...secrets, ...(logConfiguration?.secretOptions ?? [])].map((one) => one.valueFrom ?? '')
    const near = (text: string) => text !== '' && (!text.startsWith('arn:') || isAt(placeOf(text), here))
    const credentials = repositoryCredentials?.credentialsParameter ?? ''
    return [
      ...values.filter(near).map(secretReferenceOf),
      ...[credentials].filter(near).map(credentialsReferenceOf),
    ]
  })
  return [...new Map(written.map((one) => [`${one.kind}/${one.key}`, one])).values()]
}
