/** Commands for people, where no patch can express the cure. */
import type { ServiceTasks } from '../services.ts'

export const aws = (command: string, region: string): string => `aws ${command} --region ${region}`

/** A deployment keeps to the digest that a tag had when it began. Nothing for tasks that no service starts. */
export function deployAnew({
  service,
  incident,
}: Pick<ServiceTasks, 'service' | 'incident'>): readonly string[] {
  const { serviceName, clusterArn, serviceArn } = service
  if (serviceName === undefined || clusterArn === undefined || !serviceArn.includes(':service/')) return []
  const command = `ecs update-service --cluster ${clusterArn} --service ${serviceName} --force-new-deployment`
  return [aws(command, incident.scope.region)]
}
