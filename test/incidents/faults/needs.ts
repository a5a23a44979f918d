/** Tasks that do not start, or do not stay: permissions, images, secrets, memory, checks of their own. */
import { says } from '../../diagnosis/start-failures.ts'
import * as aws from '../../fixtures/index.ts'
import { isEcs, isFargate } from '../traits.ts'
import { type Fault, kitchenOf, liveAndStop, type Scene } from './fault.ts'
import { fail } from './starts.ts'

const refused = (role: string, action: string, resource: string, doing: string) =>
  `ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: ${doing}: AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/${role}/0f9c is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`

const execRolePermission: Fault = {
  fits: isFargate,
  strike: (scene) => {
    const { world, random } = scene
    const { role, secret } = kitchenOf(scene)
    if (random.below(2) === 0) {
      aws.detachPolicies(world, role)
      const doing = 'unable to retrieve ecr registry auth: service call has been retried 1 time(s)'
      fail(scene, refused(role, 'ecr:GetAuthorizationToken', '*', doing))
    } else {
      aws.putRolePolicy(world, role, 'secrets', aws.allowing('secretsmanager:ListSecrets'))
      const doing = 'unable to retrieve secret from asm: service call has been retried 1 time(s)'
      fail(scene, refused(role, 'secretsmanager:GetSecretValue', secret, doing))
    }
  },
}

const imageNotFound: Fault = {
  fits: isEcs,
  strike: (scene) => {
    const { image } = kitchenOf(scene)
    aws.removeImage(scene.world, image)
    fail(
      scene,
      `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: ${image}: not found`,
    )
  },
}

const logGroupMissing: Fault = {
  fits: isEcs,
  strike: (scene) => {
    aws.removeLogGroup(scene.world, `/ecs/${scene.stall.name}`)
    fail(scene, says.groupMissing)
  },
}

const secretMissing: Fault = {
  fits: isEcs,
  strike: (scene) => {
    const { secret } = kitchenOf(scene)
    aws.removeSecret(scene.world, secret)
    fail(
      scene,
      `ResourceInitializationError: unable to pull secrets or registry auth: ResourceNotFoundException: The task can't retrieve the secret with ARN '${secret}' from AWS Secrets Manager. Check whether the secret exists in the specified Region.`,
    )
  },
}

const containerOf = (scene: Scene) =>
  aws.taskDefinitionOf(scene.world, kitchenOf(scene).taskDefinition).containerDefinitions?.[0] ?? {}

const dockerHubRateLimit: Fault = {
  fits: (traits) => isEcs(traits) && traits.place !== 'isolated',
  strike: (scene) => {
    containerOf(scene).image = 'nginx:1.29'
    fail(scene, says.tooManyRequests)
  },
}

const imageArch: Fault = {
  fits: isEcs,
  strike: (scene) => {
    const { world, stall, random } = scene
    const reason = `exec /usr/local/bin/${stall.name}: exec format error`
    if (random.below(2) === 0) return fail(scene, says.otherPlatform)
    const containers = { [stall.name]: { exitCode: 1, reason } }
    liveAndStop(world, kitchenOf(scene), [2, 3], { ...aws.stops.essentialExited, containers })
  },
}

const oom: Fault = {
  fits: isEcs,
  strike: (scene) => {
    const containers = { [scene.stall.name]: aws.outOfMemory }
    liveAndStop(scene.world, kitchenOf(scene), [900, 340], { ...aws.stops.essentialExited, containers })
  },
}

const essentialExited: Fault = {
  fits: isEcs,
  strike: (scene) => {
    const { world, stall, random } = scene
    const containers = { [stall.name]: { exitCode: random.pick([1, 126, 127, 139, 42]) } }
    liveAndStop(world, kitchenOf(scene), [4, 5], { ...aws.stops.essentialExited, containers })
  },
}

/** The command asks where nobody listens. */
const containerHealthcheck: Fault = {
  fits: isEcs,
  strike: (scene) => {
    const { world, stall } = scene
    const command = `curl -f http://localhost:${stall.port + 1}/health || exit 1`
    containerOf(scene).healthCheck = aws.containerHealthCheck(command)
    const containers = { [stall.name]: { healthStatus: 'UNHEALTHY' as const, exitCode: 143 } }
    liveAndStop(world, kitchenOf(scene), [100, 105], { ...aws.stops.containerHealth, containers })
  },
}

/** A start that takes longer than grace and checks allow. */
const gracePeriod: Fault = {
  fits: isEcs,
  strike: (scene) => {
    const { world, stall } = scene
    const { service } = kitchenOf(scene)
    aws.serviceOf(world, service).healthCheckGracePeriodSeconds = 0
    Object.assign(aws.targetGroupOf(world, stall.targetGroup), { HealthCheckIntervalSeconds: 15 })
    liveAndStop(world, kitchenOf(scene), [44, 48, 41], aws.stops.targetHealth(stall.targetGroup))
  },
}

/** Tasks that ran for long, each taken out for a hiccup of twenty seconds. */
const thresholdTooTight: Fault = {
  fits: isEcs,
  strike: (scene) => {
    const { world, stall } = scene
    const tight = { HealthCheckIntervalSeconds: 10, UnhealthyThresholdCount: 2 }
    Object.assign(aws.targetGroupOf(world, stall.targetGroup), tight)
    liveAndStop(world, kitchenOf(scene), [4900, 900, 17000], aws.stops.targetHealth(stall.targetGroup))
  },
}

export const needs = {
  'ecs.exec-role-permission': execRolePermission,
  'ecs.image-not-found': imageNotFound,
  'ecs.log-group-missing': logGroupMissing,
  'ecs.secret-missing-or-malformed': secretMissing,
  'ecs.docker-hub-rate-limit': dockerHubRateLimit,
  'ecs.image-arch': imageArch,
  'ecs.oom': oom,
  'ecs.container-healthcheck': containerHealthcheck,
  'ecs.essential-container-exited': essentialExited,
  'ecs.grace-period': gracePeriod,
  'hc.threshold-too-tight': thresholdTooTight,
} as const
