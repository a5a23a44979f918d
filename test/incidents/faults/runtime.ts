/** What shows in how applications behave: load, what a check depends on, the order of a start, AWS itself. */
import * as aws from '../../fixtures/index.ts'
import { image } from '../../fixtures/themes/two-zones.ts'
import { isApplication, isEcs, isFargate, type Traits } from '../traits.ts'
import { type Fault, kitchenOf, liveAndStop, type Scene } from './fault.ts'

/** Two targets at least. */
const several = (traits: Traits): boolean => isFargate(traits) || traits.zones === 2

const firstContainer = (scene: Scene) =>
  aws.taskDefinitionOf(scene.world, kitchenOf(scene).taskDefinition).containerDefinitions?.[0] ?? {}

/** One target is silent, others answer; two tasks that had long answered were taken out for the same. */
const overload: Fault = {
  fits: (traits) => isApplication(traits) && isEcs(traits) && several(traits),
  strike: (scene) => {
    const { world, stall } = scene
    const [first] = world.targetHealth[stall.targetGroup]?.TargetHealthDescriptions ?? []
    // Patient checks: it is no hiccup.
    Object.assign(aws.targetGroupOf(world, stall.targetGroup), { HealthCheckIntervalSeconds: 30 })
    aws.setHealth(world, stall.targetGroup, aws.health.timeout, first?.Target?.Id)
    liveAndStop(world, kitchenOf(scene), [3600, 2400], aws.stops.targetHealth(stall.targetGroup))
  },
}

/** The checked path asks a database that hangs; the container's own check asks for a sign of life. */
const deepDependency: Fault = {
  fits: (traits) => isApplication(traits) && isEcs(traits),
  strike: (scene) => {
    const { world, stall } = scene
    const scheme = stall.port === 8443 ? 'https' : 'http'
    const command = `curl -f ${scheme}://localhost:${stall.port}/livez || exit 1`
    firstContainer(scene).healthCheck = aws.containerHealthCheck(command)
    for (const { containers = [] } of aws.tasksOf(world, kitchenOf(scene).service))
      for (const container of containers) container.healthStatus = 'HEALTHY'
    aws.setHealth(world, stall.targetGroup, aws.health.timeout)
  },
}

/** The port is nginx's, which is there at once; what it serves starts for longer than the checks wait. */
const readinessOrdering: Fault = {
  fits: (traits) => isApplication(traits) && isEcs(traits),
  strike: (scene) => {
    const { world, stall } = scene
    const { service, taskDefinition } = kitchenOf(scene)
    const definition = aws.taskDefinitionOf(world, taskDefinition)
    Object.assign(firstContainer(scene), {
      image: image(world, 'town/nginx:1.29'),
      healthCheck: aws.containerHealthCheck(`curl -f http://localhost:${stall.port}/nginx_status || exit 1`),
    })
    definition.containerDefinitions?.push(
      aws.container({ name: 'larder', image: image(world, 'town/larder:3'), ports: [3999] }),
    )
    aws.serviceOf(world, service).healthCheckGracePeriodSeconds = 0
    Object.assign(aws.targetGroupOf(world, stall.targetGroup), { HealthCheckIntervalSeconds: 15 })
    liveAndStop(world, kitchenOf(scene), [44, 48, 41], aws.stops.targetHealth(stall.targetGroup))
  },
}

const internalError: Fault = {
  fits: (traits) => isApplication(traits) && several(traits),
  strike: ({ world, stall }) => aws.setHealth(world, stall.targetGroup, aws.health.internalError),
}

export const runtime = {
  'app.overload-timeout': overload,
  'app.deep-healthcheck-dependency': deepDependency,
  'ecs.readiness-ordering': readinessOrdering,
  'aws-side': internalError,
} as const
