/**
 * Stops that ECS decided on, and what it says of a service that does not get its tasks.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
 */
import { meanings } from '../../stops.ts'
import type { StopPattern } from '../pattern.ts'

const category = 'SchedulerStop'

export const schedulerPatterns: readonly StopPattern[] = [
  { id: 'target-unhealthy', category, aims: ['target-health'], text: meanings['target-health'].text },
  {
    id: 'container-unhealthy',
    category,
    aims: ['container-health'],
    text: meanings['container-health'].text,
  },
  { id: 'stopped-by-user', category, aims: ['intended'], text: meanings.user.text },
  { id: 'spot-interrupted', category: 'SpotInterruptionError', aims: ['intended'], text: meanings.spot.text },
  { id: 'host-gone', category, aims: ['intended'], text: meanings.host.text },
  { id: 'scaled-in', category, aims: ['intended'], text: meanings.scaling.text },
  {
    id: 'essential-exited',
    category,
    aims: ['application'],
    text: meanings['essential-exited'].text,
  },
]

export const eventPatterns: readonly StopPattern[] = [
  {
    id: 'target-health-not-described',
    category: 'ServiceEvent',
    aims: ['target-health'],
    text: /failed to describe target health/i,
  },
  {
    id: 'calls-throttled',
    category: 'ServiceEvent',
    aims: ['throttling'],
    text: /operations are being throttled/i,
  },
  {
    id: 'deployment-limits',
    category: 'ServiceEvent',
    aims: ['deployment'],
    text: /unable to (?:stop or start|start or stop|stop|start) tasks?\b.*\bdeployment configuration/i,
  },
  {
    id: 'no-instance-fits',
    category: 'ServiceEvent',
    aims: ['placement'],
    text: /unable to place a task because/i,
  },
  {
    id: 'tasks-keep-failing',
    category: 'ServiceEvent',
    aims: ['application'],
    text: /unable to consistently start tasks successfully/i,
  },
]
