/**
 * A Network Load Balancer, or any TCP check, sees only that the port is open; a gRPC service that hangs stays in
 * service unless its container has a check of its own.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html
 */

import type { TargetGroup, TaskDefinition } from '../../snapshot/types.ts'
import { hasOwnCheck } from '../checks/container-checks.ts'
import { definitionsBehind } from '../checks/definitions.ts'
import { groupName, settingEvidence } from '../checks/evidence.ts'
import { type GrpcContainer, grpcContainers } from '../checks/grpc-containers.ts'
import { containerComponent } from '../ecs/containers.ts'
import { definitionEvidence } from '../ecs/evidence.ts'
import { revisionName } from '../ecs/words.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'

export const hcGrpcNotProbed: CauseRule = {
  code: 'hc.grpc-not-probed',
  judge(incident) {
    const { targetGroup: group } = incident.group ?? {}
    if (!group || ['lambda', 'alb'].includes(group.TargetType ?? '')) return []
    if (group.ProtocolVersion === 'GRPC') return absent('the target group checks over gRPC')
    if (!seesPortOnly(group)) return []
    const definitions = definitionsBehind(incident)
    if (!definitions.known) return notKnown(definitions.missing)
    return definitions.value.flatMap((definition) => judgeDefinition(group, definition))
  },
}

/** Network Load Balancers forward TCP, TLS and UDP; none of their checks speaks gRPC. */
const seesPortOnly = ({ Protocol = '', HealthCheckProtocol }: TargetGroup): boolean =>
  HealthCheckProtocol === 'TCP' || /^(TCP|TLS)/.test(Protocol)

function judgeDefinition(group: TargetGroup, definition: TaskDefinition): readonly Judgement[] {
  const found = grpcContainers(definition)
  const unchecked = found.filter(({ container }) => !hasOwnCheck(container))
  if (unchecked.length > 0) return unchecked.map((own) => present(group, definition, own))
  return found.length > 0 ? absent('the gRPC container has a health check of its own') : []
}

function present(group: TargetGroup, { taskDefinitionArn }: TaskDefinition, own: GrpcContainer): Judgement {
  const { container, port, declared } = own
  const { name = '' } = container
  return {
    kind: 'present',
    confidence: declared ? 'proven' : 'likely',
    title: `Nobody would see it if gRPC container ${name} of ${revisionName(taskDefinitionArn)} hung: ${groupName(group)} checks over ${group.HealthCheckProtocol}, and the container has no health check`,
    component: containerComponent({ taskDefinitionArn }, name),
    evidence: [
      settingEvidence(
        group,
        'HealthCheckProtocol',
        'a check that speaks gRPC: protocol version GRPC, or the container’s own',
      ),
      definitionEvidence(
        taskDefinitionArn,
        `containerDefinitions[${name}].portMappings`,
        container.portMappings,
        `gRPC on port ${port}`,
      ),
      definitionEvidence(
        taskDefinitionArn,
        `containerDefinitions[${name}].healthCheck`,
        container.healthCheck,
        'a gRPC probe',
      ),
    ],
    targets: [],
    fixes: [
      {
        title: `Probe gRPC in container ${name} (the image needs grpc_health_probe, the server the gRPC health service)`,
        patches: [
          {
            kind: 'container-definition',
            taskDefinitionArn,
            containerName: name,
            container: { healthCheck: probe(port) },
          },
        ],
        verifiable: false,
      },
    ],
  }
}

/** https://github.com/grpc-ecosystem/grpc-health-probe */
const probe = (port: number) => ({
  command: ['CMD', '/bin/grpc_health_probe', `-addr=127.0.0.1:${port}`],
  interval: 30,
  timeout: 5,
  retries: 3,
})
