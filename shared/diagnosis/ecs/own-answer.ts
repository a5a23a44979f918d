/** What a container's own check proves of its server: it answers over HTTP, on loopback, by some path. */
import type { Evidence } from '../../findings/finding.ts'
import type { TargetGroup } from '../../snapshot/types.ts'
import type { Incident, TargetFacts } from '../incident.ts'
import { serverOf } from './application.ts'
import { taskEvidence } from './evidence.ts'

export interface OwnAnswer {
  readonly path: string
  readonly evidence: Evidence
}

const URL_ON_LOOPBACK = /https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::(\d+))?(\/[^\s"'|;]*)?/

/**
 * @returns undefined where the container has no such check, asks the checked path itself or another port, or does
 *   not pass it
 */
export function otherPathAnswers(
  incident: Incident,
  { HealthCheckPath }: TargetGroup,
  target: TargetFacts,
): OwnAnswer | undefined {
  const server = serverOf(incident, target)
  if (!server) return undefined
  const { task, container } = server
  const told = task.containers?.find(({ name }) => name === container.name)
  if (told?.healthStatus !== 'HEALTHY') return undefined
  const match = URL_ON_LOOPBACK.exec(container.healthCheck?.command?.join(' ') ?? '')
  if (!match) return undefined
  const [, port = '80', path = '/'] = match
  const ports = container.portMappings?.map(({ containerPort }) => containerPort) ?? []
  if (!ports.includes(Number(port)) || path === HealthCheckPath) return undefined
  const observed = { healthStatus: told.healthStatus, command: container.healthCheck?.command }
  return { path, evidence: taskEvidence(task, `containers[${container.name}]`, observed, 'HEALTHY') }
}
