/** The bakery's tasks that ECS stops, one life after the other. */
import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import * as aws from '../fixtures/index.ts'
import { bakeryShop } from '../fixtures/themes/bakery-shop.ts'

type Shop = ReturnType<typeof bakeryShop>
type Stop = Parameters<typeof aws.stopTask>[2]

/** What `stopTask` takes from the deregistration until the task has stopped. */
const STOPPING_SECONDS = 42

/** Tasks that ran for so many seconds each; the newest stopped a minute ago, the others ten minutes apart. */
export function livedAndStopped(
  { world, service, privateSubnets }: Shop,
  lives: readonly number[],
  stop: Stop,
) {
  return lives.map((seconds, index) => {
    const secondsAgo = 60 + index * 600
    const task = aws.runTask(world, {
      service,
      name: `stopped-${index + 1}`,
      subnet: privateSubnets[0],
      startedSecondsAgo: secondsAgo + STOPPING_SECONDS + seconds,
    })
    aws.stopTask(world, task, { ...stop, secondsAgo })
    return task
  })
}

/** Changes the web container's definition. */
export function defineWeb({ world, taskDefinition }: Shop, change: Partial<ContainerDefinition>): void {
  const web = aws.taskDefinitionOf(world, taskDefinition).containerDefinitions?.[0] ?? {}
  Object.assign(web, change)
}

/** Beside the web container, in every task that is started from now on. */
export function addSidecar({ world, taskDefinition }: Shop, more: Partial<ContainerDefinition> = {}): void {
  const sidecar = aws.container({ name: 'proxy', image: 'public.ecr.aws/envoy:1.36', more })
  aws.taskDefinitionOf(world, taskDefinition).containerDefinitions?.push(sidecar)
}

/** The service has been given a later revision of its task definition. */
export function deployNextRevision({ world, service }: Shop): void {
  const next = aws.taskDefinition(world, {
    family: 'bakery-web',
    revision: 13,
    containers: [aws.container({ name: 'web', image: 'bakery-web:2026-11-20', ports: [8000] })],
  })
  aws.serviceOf(world, service).taskDefinition = next
}

/** A task that nobody's service started: `RunTask` with the web definition. */
export function runAlone(shop: Shop): string {
  const [task] = livedAndStopped(shop, [20], aws.stops.essentialExited)
  aws.taskOf(shop.world, task ?? '').group = 'family:bakery-web'
  return task ?? ''
}

export { bakeryShop }
