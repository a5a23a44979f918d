/** Task definitions of a bakery's ovens. */
import { startNeeds } from '../../../../shared/diagnosis/ecs/needs/index.ts'
import type { Destination } from '../../../../shared/diagnosis/ecs/needs/need.ts'
import type { StartedContainer, Starting } from '../../../../shared/diagnosis/ecs/needs/starting.ts'

export const registry = '111122223333.dkr.ecr.eu-west-1.amazonaws.com'

export const oven = (more: Partial<StartedContainer> = {}): StartedContainer => ({
  name: 'oven',
  image: `${registry}/bakery/oven:5`,
  ...more,
})

export interface Started extends Partial<Omit<Starting, 'definition'>> {
  readonly definition?: Partial<Starting['definition']>
}

export const starting = (
  containers: readonly StartedContainer[] | undefined,
  { definition, ...more }: Started = {},
): Starting => ({
  definition: {
    taskDefinitionArn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/oven:5',
    networkMode: 'awsvpc',
    executionRoleArn: 'arn:aws:iam::111122223333:role/oven-execution',
    requiresCompatibilities: ['FARGATE'],
    volumes: [],
    ...(containers && { containerDefinitions: containers }),
    ...definition,
  },
  accountId: '111122223333',
  region: 'eu-west-1',
  launchType: 'FARGATE',
  platformVersion: '1.4.0',
  ...more,
})

export const needsOf = (container: StartedContainer, more: Started = {}) =>
  startNeeds(starting([container], more))

const nameOf = (to: Destination): string => {
  if (to.kind === 'aws-service') return `${to.service} ${to.region}`
  return to.kind === 'internet' ? to.host : to.fileSystemId
}

/** `ecr.api eu-west-1`, `ghcr.io`, in order. */
export const placesOf = (container: StartedContainer, more: Started = {}): readonly string[] =>
  needsOf(container, more).paths.map(({ to }) => nameOf(to))

/** `execution-role ecr:BatchGetImage arn:...`, in order. */
export const permissionsOf = (container: StartedContainer, more: Started = {}): readonly string[] =>
  needsOf(container, more).permissions.map(({ by, action, resource }) => `${by} ${action} ${resource}`)
