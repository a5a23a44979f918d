/**
 * ECS Task State Change. It carries no container health; what it does carry (subnet, address, stop code)
 * outlives the task, so the task's ARN and service are taken from here and the rest from DescribeTasks.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html
 */
import * as z from 'zod'
import { type EventKind, isoMoment, origin } from './envelope.ts'

const detailSchema = z.object({
  taskArn: z.string().startsWith('arn:'),
  clusterArn: z.string().startsWith('arn:'),
  lastStatus: z.string(),
  /** `service:NAME` or `family:NAME`. */
  group: z.string().optional(),
  updatedAt: z.string().optional(),
  version: z.number().int(),
})

export const ecsTaskStateChange: EventKind = {
  source: 'aws.ecs',
  detailType: 'ECS Task State Change',
  parse(envelope) {
    const { taskArn, clusterArn, lastStatus, group, updatedAt, version } = detailSchema.parse(envelope.detail)
    const serviceName = group?.startsWith('service:') ? group.slice('service:'.length) : undefined
    return {
      ...origin(envelope),
      kind: 'ecs-task',
      key: `ecs-task#${taskArn}#${version}`,
      observedAt: isoMoment(updatedAt ?? envelope.time),
      taskArn,
      clusterArn,
      lastStatus,
      ...(serviceName !== undefined && { serviceName }),
    }
  },
}
