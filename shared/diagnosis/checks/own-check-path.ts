/** The path that a container's own health check asks: where that check passes, it is a path that answers. */
import { serverOf } from '../ecs/application.ts'
import type { Answer } from './response-rule.ts'

/** "curl -f http://localhost:8000/healthz || exit 1" -> "/healthz" */
const LOCAL_PATH = /https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::\d+)?(\/[^\s'"|;&)]*)/i

/** Undefined where no such check passes, or it asks the same path as the load balancer. */
export function ownCheckPath({ incident, group, targets }: Answer): string | undefined {
  for (const target of targets) {
    const server = serverOf(incident, target)
    const told = server?.task.containers?.find(({ name }) => name === server.container.name)
    const path = LOCAL_PATH.exec(server?.container.healthCheck?.command?.join(' ') ?? '')?.[1]
    if (told?.healthStatus === 'HEALTHY' && path !== undefined && path !== group.HealthCheckPath) return path
  }
  return undefined
}
