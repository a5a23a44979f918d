/**
 * A UDP service of which only another container is asked: the load balancer cannot check over UDP, and the container
 * that answers in its place goes on when the service is gone.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html
 */
import type { ContainerDefinition, TargetGroup, TaskDefinition } from '../../snapshot/types.ts'
import { containerComponent } from '../ecs/containers.ts'
import { definitionEvidence } from '../ecs/evidence.ts'
import type { Incident } from '../incident.ts'
import type { Judgement } from '../judgement.ts'
import { hasOwnCheck } from './container-checks.ts'
import { groupName, settingEvidence } from './evidence.ts'

const DATAGRAMS_ONLY = ['UDP', 'QUIC']

export function askedInPlace(
  { group: facts }: Incident,
  group: TargetGroup,
  definition: TaskDefinition,
): readonly Judgement[] {
  const [target] = facts?.targets.known ? facts.targets.value : []
  const { containerDefinitions: all = [] } = definition
  if (!DATAGRAMS_ONLY.includes(group.Protocol ?? '') || !target) return []
  const server = all.find((item) => maps(item, target.port, 'udp'))
  const asked = all.find((item) => maps(item, target.checkPort, 'tcp'))
  if (!server || !asked || asked === server || hasOwnCheck(server)) return []
  return maps(server, target.checkPort, 'tcp') ? [] : [present(group, definition, server, asked)]
}

const maps = (
  { portMappings = [] }: ContainerDefinition,
  port: number | undefined,
  wanted: string,
): boolean =>
  portMappings.some(
    ({ containerPort, protocol = 'tcp' }) =>
      port !== undefined && containerPort === port && protocol === wanted,
  )

/** Whether the sidecar asks the service in turn is not told: possible. */
function present(
  group: TargetGroup,
  { taskDefinitionArn }: TaskDefinition,
  server: ContainerDefinition,
  asked: ContainerDefinition,
): Judgement {
  const { name = '' } = server
  const shown = ({ name: of }: ContainerDefinition, field: string, observed: unknown, expected: string) =>
    definitionEvidence(taskDefinitionArn, `containerDefinitions[${of}].${field}`, observed, expected)
  return {
    kind: 'present',
    confidence: 'possible',
    title: `Health check of ${groupName(group)} asks container ${asked.name} only; nothing checks container ${name}, which serves ${group.Protocol}`,
    component: containerComponent({ taskDefinitionArn }, name),
    evidence: [
      settingEvidence(group, 'HealthCheckPort', `a port that container ${name} answers itself`),
      shown(asked, 'portMappings', asked.portMappings, 'it asks the service in turn'),
      shown(server, 'healthCheck', server.healthCheck, 'a health check'),
    ],
    targets: [],
    fixes: [
      {
        title: `Give container ${name} a health check that asks it over ${group.Protocol}`,
        patches: [
          {
            kind: 'container-definition',
            taskDefinitionArn,
            containerName: name,
            container: {
              healthCheck: { command: ['CMD-SHELL', `<command that asks ${name} over ${group.Protocol}>`] },
            },
          },
        ],
        verifiable: false,
      },
    ],
  }
}
