/**
 * What makes ECS call a task healthy before all of it is ready: containers without a check do not count.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/healthcheck.html
 */
import type { ContainerDefinition, Service, TargetGroup, TaskDefinition } from '../../snapshot/types.ts'
import { hasOwnCheck } from '../checks/container-checks.ts'
import { isBackendOf, isReverseProxy } from '../checks/images.ts'
import type { Fix } from '../fix.ts'
import { mappedPorts } from './containers.ts'
import { revisionName } from './words.ts'

/** A proxy that takes traffic for a container of which nobody asks whether it is ready. */
export interface Unordered {
  readonly definition: TaskDefinition
  readonly proxy: ContainerDefinition
  readonly backend: ContainerDefinition
  /** Whose check makes the task count as healthy. */
  readonly checked: ContainerDefinition
}

/** @returns undefined where the container behind is checked, or none is, so that the load balancer alone decides */
export function unorderedIn(
  service: Service,
  group: TargetGroup,
  definition: TaskDefinition,
): Unordered | undefined {
  const { containerDefinitions: all = [] } = definition
  const name = service.loadBalancers?.find(
    ({ targetGroupArn }) => targetGroupArn === group.TargetGroupArn,
  )?.containerName
  const proxy = all.find((item) => item.name === name && isReverseProxy(item))
  const backend = proxy && all.find((item) => isBackendOf(proxy, item) && !hasOwnCheck(item))
  const checked = all.find((item) => item !== backend && item.essential !== false && hasOwnCheck(item))
  return proxy && backend && checked ? { definition, proxy, backend, checked } : undefined
}

const CHECK = { interval: 10, timeout: 5, retries: 3, startPeriod: 60 } as const

/** A condition HEALTHY needs a check to wait for. */
export function orderingFix({ HealthCheckPath: path = '/' }: TargetGroup, found: Unordered): Fix {
  const { definition, proxy, backend } = found
  const { taskDefinitionArn } = definition
  const { name: containerName = '' } = backend
  const port = mappedPorts([backend])[0]?.from
  const others = (proxy.dependsOn ?? []).filter((one) => one.containerName !== containerName)
  return {
    title: `Check container ${containerName} of ${revisionName(taskDefinitionArn)}, and let ${proxy.name} wait until it is healthy (the image needs curl; measure the start for startPeriod)`,
    patches: [
      {
        kind: 'container-definition',
        taskDefinitionArn,
        containerName,
        container: {
          healthCheck: {
            command: ['CMD-SHELL', `curl -f http://localhost:${port}${path} || exit 1`],
            ...CHECK,
          },
        },
      },
      {
        kind: 'container-definition',
        taskDefinitionArn,
        containerName: proxy.name ?? '',
        container: { dependsOn: [...others, { containerName, condition: 'HEALTHY' }] },
      },
    ],
    verifiable: false,
  }
}
