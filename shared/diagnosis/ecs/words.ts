/** How a person reads durations and names of ECS. */
import type { Service } from '../../snapshot/types.ts'

const MINUTE = 60
const HOUR = 3600

/** "96 s", "12 min", "5 h": as exact as one needs it. */
export function duration(seconds: number): string {
  if (seconds < 3 * MINUTE) return `${seconds} s`
  if (seconds < 3 * HOUR) return `${Math.round(seconds / MINUTE)} min`
  return `${Math.round(seconds / HOUR)} h`
}

export const isService = ({ serviceArn }: Service): boolean => serviceArn.includes(':service/')

/** "service web", or "task 0123..." for a task that no service started. */
export const subjectName = (service: Service): string =>
  isService(service)
    ? `service ${service.serviceName ?? service.serviceArn}`
    : `task ${service.serviceArn.split('/').at(-1)}`

export const countOf = (tasks: number): string => (tasks === 1 ? '1 task' : `${tasks} tasks`)

/** "family:revision" */
export const revisionName = (taskDefinitionArn: string | undefined): string =>
  taskDefinitionArn?.split('/').at(-1) ?? 'its task definition'

export const familyName = (taskDefinitionArn: string | undefined): string =>
  revisionName(taskDefinitionArn).replace(/:\d+$/, '')
