/**
 * What ECS says of a service. Neither event has a version: the moment, the name and the deployment are its natural key.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_events.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_service_deployment_events.html
 */
import * as z from 'zod'
import { InputError } from '../input-error.ts'
import { type Envelope, type EventKind, isoMoment, origin } from './envelope.ts'
import type { Trigger } from './trigger.ts'

const actionSchema = z.object({ eventName: z.string(), createdAt: z.string().optional() })

const deploymentSchema = z.object({
  eventName: z.string(),
  deploymentId: z.string(),
  updatedAt: z.string().optional(),
})

export const ecsServiceAction: EventKind = {
  source: 'aws.ecs',
  detailType: 'ECS Service Action',
  parse(envelope) {
    const { eventName, createdAt } = actionSchema.parse(envelope.detail)
    return serviceTrigger(envelope, eventName, '', createdAt)
  },
}

export const ecsDeploymentStateChange: EventKind = {
  source: 'aws.ecs',
  detailType: 'ECS Deployment State Change',
  parse(envelope) {
    const { eventName, deploymentId, updatedAt } = deploymentSchema.parse(envelope.detail)
    return serviceTrigger(envelope, eventName, `#${deploymentId}`, updatedAt)
  },
}

function serviceTrigger(envelope: Envelope, eventName: string, of: string, at = envelope.time): Trigger {
  const serviceArn = envelope.resources.find((arn) => /^arn:[^:]+:ecs:[^:]*:\d{12}:service\//.test(arn))
  if (serviceArn === undefined)
    throw new InputError(`event ${eventName}: its resources name no ECS service (an ARN with :service/)`)
  const observedAt = isoMoment(at)
  return {
    ...origin(envelope),
    kind: 'ecs-service',
    key: `ecs-service#${serviceArn}#${eventName}${of}#${observedAt}`,
    observedAt,
    serviceArn,
    eventName,
  }
}
