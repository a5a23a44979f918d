/** How ECS starts tasks and takes them out. */
import type { About } from './about.ts'

const STOPPED = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html'

export const ecs = {
  'ecs.grace-period': {
    evidence:
      'healthCheckGracePeriodSeconds is shorter than the start: tasks are stopped for failed load balancer checks at the same age every time. Before any task is stopped it is a blind spot of severity low, told where an essential container’s healthCheck.startPeriod is longer than grace period + interval × unhealthy threshold.',
    fix: 'A grace period longer than the start.',
    traps: [
      'A task that ran for hours did not need one.',
      'Stops at varying ages are something else.',
      'A grace period of 0 alone is no fault: most tasks answer before they count as unhealthy.',
    ],
    documentation:
      'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/troubleshoot-service-load-balancers.html',
  },
  'ecs.readiness-ordering': {
    evidence:
      'The proxy or a sidecar has a healthCheck, the container behind the proxy has none, and the proxy has no dependsOn it with condition HEALTHY; the load balancer’s checks end tasks, or get 502 to 504, soon after the start.',
    fix: 'A health check of the container behind the proxy, and dependsOn with condition HEALTHY in the proxy.',
    traps: [
      'Without any container check the load balancer’s check alone decides, which is fine where it asks the container behind.',
      'A task that ran for hours was ready once.',
      'dependsOn with condition START waits for the process only.',
    ],
    documentation: 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDependency.html',
  },
  'ecs.container-healthcheck': {
    evidence: '“Task failed container health checks”, healthStatus UNHEALTHY; the command of healthCheck.',
    fix: 'A command that the image has, against the address that the application listens on.',
    traps: [
      'HEALTHCHECK of the image counts only if the task definition repeats it.',
      'It runs on loopback, so that it never proves groups or ACLs.',
    ],
    documentation: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/healthcheck.html',
  },
  'ecs.oom': {
    evidence: 'A container’s reason names OutOfMemoryError.',
    fix: 'More memory, or limits per container.',
    traps: ['Exit code 137 alone may be a SIGKILL after stopTimeout.', 'A killed child leaves exit code 0.'],
    documentation: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/out-of-memory.html',
  },
  'ecs.essential-container-exited': {
    evidence: 'EssentialContainerExited, the container and its exit code, which no other cause explains.',
    fix: 'In the container: its log says why it ended.',
    traps: ['A container that was not essential takes nobody down.'],
    documentation: STOPPED,
  },
} as const satisfies Record<string, About>
