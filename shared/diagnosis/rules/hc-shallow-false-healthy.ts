/**
 * A check that passes while the service is broken: curl that takes any answer, a command that cannot fail, a proxy that
 * answers for a backend nobody checks, or a sidecar in place of a UDP service. Deep checks are no cure: they fail with every dependency.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
 */

import type { ContainerDefinition, TargetGroup, TaskDefinition } from '../../snapshot/types.ts'
import { acceptsAnyAnswer, alwaysPasses, hasOwnCheck, mended } from '../checks/container-checks.ts'
import { askedInPlace } from '../checks/datagram-sidecars.ts'
import { definitionsBehind } from '../checks/definitions.ts'
import { groupComponent, groupName, settingEvidence } from '../checks/evidence.ts'
import { grpcContainers } from '../checks/grpc-containers.ts'
import { isBackendOf, isReverseProxy } from '../checks/images.ts'
import { settingsFix } from '../checks/settings-fix.ts'
import { containerComponent } from '../ecs/containers.ts'
import { definitionEvidence } from '../ecs/evidence.ts'
import { revisionName } from '../ecs/words.ts'
import type { Incident } from '../incident.ts'
import { absent, type CauseRule, type Judgement, notKnown } from '../judgement.ts'

export const hcShallowFalseHealthy: CauseRule = {
  code: 'hc.shallow-false-healthy',
  judge(incident) {
    const { targetGroup: group } = incident.group ?? {}
    if (!group || ['lambda', 'alb'].includes(group.TargetType ?? '')) return []
    const definitions = definitionsBehind(incident)
    if (!definitions.known) return notKnown(definitions.missing)
    if (definitions.value.length === 0) return []
    const found = definitions.value.flatMap((definition) => [
      ...lenientCommands(definition),
      ...uncheckedBackends(incident, group, definition),
      ...askedInPlace(incident, group, definition),
    ])
    return found.length > 0 ? found : absent('no check was found that passes without the service')
  },
}

const lenientCommands = (definition: TaskDefinition): readonly Judgement[] =>
  (definition.containerDefinitions ?? []).flatMap((container) => {
    if (alwaysPasses(container)) return [lenient(definition, container, 'cannot fail')]
    return acceptsAnyAnswer(container)
      ? [lenient(definition, container, 'passes with any answer, since curl runs without -f')]
      : []
  })

function lenient({ taskDefinitionArn }: TaskDefinition, own: ContainerDefinition, why: string): Judgement {
  const { name = '', healthCheck } = own
  const command = mended(own)
  return {
    kind: 'present',
    confidence: 'likely',
    title: `The health check of container ${name} of ${revisionName(taskDefinitionArn)} ${why}`,
    component: containerComponent({ taskDefinitionArn }, name),
    evidence: [
      definitionEvidence(
        taskDefinitionArn,
        `containerDefinitions[${name}].healthCheck.command`,
        healthCheck?.command,
        command.join(' '),
      ),
    ],
    targets: [],
    fixes: [
      {
        title: `Let the health check of container ${name} fail when the application answers with an error`,
        patches: [
          {
            kind: 'container-definition',
            taskDefinitionArn,
            containerName: name,
            container: { healthCheck: { ...healthCheck, command } },
          },
        ],
        verifiable: false,
      },
    ],
  }
}

/** The proxy's own page or open port; a check of the container, or a path of the backend, would see more. */
function uncheckedBackends(
  { group: facts }: Incident,
  group: TargetGroup,
  definition: TaskDefinition,
): readonly Judgement[] {
  const { containerDefinitions = [] } = definition
  const shallow = group.HealthCheckProtocol === 'TCP' || group.HealthCheckPath === '/'
  const proxy = containerDefinitions.find((item) => isReverseProxy(item) && isAsked(facts?.targets, item))
  if (!shallow || !proxy) return []
  const grpc = grpcContainers(definition).map(({ container }) => container)
  const backends = containerDefinitions.filter(
    (item) => isBackendOf(proxy, item) && !hasOwnCheck(item) && !grpc.includes(item),
  )
  return backends.map((backend) => unchecked(group, definition, { proxy, backend }))
}

const isAsked = (
  targets: NonNullable<Incident['group']>['targets'] | undefined,
  { portMappings = [] }: ContainerDefinition,
): boolean =>
  targets?.known === true &&
  targets.value.some(({ checkPort, port }) =>
    portMappings.some(({ containerPort }) => containerPort === (checkPort ?? port)),
  )

interface Pair {
  readonly proxy: ContainerDefinition
  readonly backend: ContainerDefinition
}

function unchecked(
  group: TargetGroup,
  { taskDefinitionArn }: TaskDefinition,
  { proxy, backend }: Pair,
): Judgement {
  const { HealthCheckProtocol, HealthCheckPath } = group
  const asked = HealthCheckProtocol === 'TCP' ? 'only whether its port is open' : `only ${HealthCheckPath}`
  return {
    kind: 'present',
    confidence: 'possible',
    title: `Health check of ${groupName(group)} asks proxy ${proxy.name} ${asked}; nothing checks container ${backend.name} behind it`,
    component: groupComponent(group),
    evidence: [
      settingEvidence(
        group,
        HealthCheckProtocol === 'TCP' ? 'HealthCheckProtocol' : 'HealthCheckPath',
        `a path that container ${backend.name} answers itself, without its dependencies`,
      ),
      definitionEvidence(
        taskDefinitionArn,
        `containerDefinitions[${proxy.name}].image`,
        proxy.image,
        'a path that the proxy passes on',
      ),
      definitionEvidence(
        taskDefinitionArn,
        `containerDefinitions[${backend.name}].healthCheck`,
        backend.healthCheck,
        'a health check',
      ),
    ],
    targets: [],
    fixes: [
      settingsFix(
        `Check a path that container ${backend.name} answers itself`,
        group,
        {
          HealthCheckPath: `<path that ${backend.name} answers>`,
          ...(HealthCheckProtocol === 'TCP' && { HealthCheckProtocol: 'HTTP' }),
        },
        false,
      ),
    ],
  }
}
