/**
 * What a task needs to start, and why: the paths to registries and AWS services, and the permissions of its roles, each
 * with the field that asks for it.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
import { agentNeeds } from './agent-needs.ts'
import type { Context, Part } from './context.ts'
import { environmentFileNeeds, volumeNeeds } from './file-needs.ts'
import { imageNeeds } from './image-needs.ts'
import { logNeeds } from './log-needs.ts'
import { type Destination, type Finding, notUnderstood, type StartNeeds } from './need.ts'
import { platformOf } from './platform.ts'
import { credentialNeeds, secretNeeds } from './secret-needs.ts'
import type { Starting } from './starting.ts'

const ofContainers: readonly Part[] = [
  imageNeeds,
  credentialNeeds,
  secretNeeds,
  environmentFileNeeds,
  logNeeds,
]

export function startNeeds(starting: Starting): StartNeeds {
  const platform = platformOf(starting)
  const context: Context = { starting, platform, from: platform.kind === 'ec2' ? 'instance' : 'task' }
  const found = [...containerNeeds(context), ...volumeNeeds(context), ...agentNeeds(context)]
  return {
    paths: found.filter((one) => one.kind === 'path'),
    permissions: found.filter((one) => one.kind === 'permission'),
    unknown: found
      .filter((one) => one.kind === 'unknown')
      .map(({ missing, because }) => ({ missing, because })),
  }
}

function containerNeeds(context: Context): readonly Finding[] {
  const { containerDefinitions } = context.starting.definition
  if (!containerDefinitions) return [notUnderstood('the containers of the task definition are not told')]
  return containerDefinitions.flatMap((container) => ofContainers.flatMap((part) => part(context, container)))
}

/** Whether an endpoint with this service name leads there: `com.amazonaws.eu-west-1.ecr.api`, in China `cn.com...`. */
export const isServedBy = (to: Destination, serviceName: string): boolean =>
  to.kind === 'aws-service' &&
  /^(?:cn\.)?com\.amazonaws\./.test(serviceName) &&
  serviceName.endsWith(`amazonaws.${to.region}.${to.service}`)
