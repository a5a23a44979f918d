/** What the application answers, and where the check asks. */
import * as aws from '../../fixtures/index.ts'
import { TOWN } from '../streets.ts'
import { hasGroups, isApplication, isEcs, type Traits } from '../traits.ts'
import { answer, type Fault, kitchenOf, refuse, replaceTasks, type Scene, silence } from './fault.ts'
import { checkOn } from './path.ts'

/** Network Load Balancers never tell codes. */
const answering = (...each: readonly (readonly number[])[]): Fault => ({
  fits: isApplication,
  strike: (scene) => {
    answer(scene, ...scene.random.pick(each))
    if (scene.random.below(2) === 0) replaceTasks(scene.world, scene.stall, scene.random)
  },
})

const firstContainer = (scene: Scene) =>
  aws.taskDefinitionOf(scene.world, kitchenOf(scene).taskDefinition).containerDefinitions?.[0] ?? {}

/** The service speaks gRPC, without a health service; the matcher waits for OK. */
const grpcUnimplemented: Fault = {
  fits: (traits) => isApplication(traits) && isEcs(traits),
  strike: (scene) => {
    const { world, stall } = scene
    Object.assign(aws.targetGroupOf(world, stall.targetGroup), {
      ProtocolVersion: 'GRPC',
      HealthCheckPath: '/AWS.ALB/healthcheck',
      Matcher: { GrpcCode: '0' },
    })
    for (const mapping of firstContainer(scene).portMappings ?? []) mapping.appProtocol = 'grpc'
    answer(scene, 12)
  },
}

/** A port of its own for the check, opened everywhere, on which no container listens. */
const portMismatch: Fault = {
  fits: isEcs,
  strike: (scene) => {
    const { system, world, stall } = scene
    const wrong = 9090
    const others = system.stalls.flatMap(({ passed }) => passed)
    if (hasGroups(system.traits)) {
      aws.setIngress(world, stall.group, stall.admitted, aws.tcp(wrong).fromGroup(system.lbGroup))
      aws.setEgress(world, system.lbGroup, ...others, aws.tcp(wrong).toGroup(stall.group))
    } else aws.setIngress(world, stall.group, stall.admitted, aws.tcp(wrong).fromCidr(TOWN))
    checkOn(scene, wrong)
    refuse(scene)
  },
}

/** A service of datagrams, for which everything is open: its checks go to the same port over TCP. */
const udpNeedsTcpPort: Fault = {
  fits: (traits) => !isApplication(traits) && isEcs(traits) && traits.caller !== 'gateway',
  strike: (scene) => {
    const { system, world, stall } = scene
    aws.targetGroupOf(world, stall.targetGroup).Protocol = 'UDP'
    const datagrams = aws.udp(stall.listenerPort).fromAnywhere()
    const { IpPermissions = [] } = hasGroups(system.traits) ? aws.groupOf(world, system.lbGroup) : {}
    IpPermissions.push(datagrams)
    aws.groupOf(world, stall.group).IpPermissions?.push(aws.udp(1, 65535).fromAnywhere())
    for (const one of world.listeners[system.loadBalancer]?.Listeners ?? [])
      if (one.ListenerArn === stall.listener) one.Protocol = 'UDP'
    for (const mapping of firstContainer(scene).portMappings ?? []) mapping.protocol = 'udp'
    for (const { containers = [] } of aws.tasksOf(world, kitchenOf(scene).service))
      for (const { networkBindings = [] } of containers)
        for (const binding of networkBindings) binding.protocol = 'udp'
    refuse(scene)
  },
}

/** TLS is asked over plain HTTP, or the other way round, on a port that says which is usual. */
const protocolMismatch: Fault = {
  fits: (traits: Traits) => !['bridge', 'nodes'].includes(traits.launch),
  ports: [8080, 8443],
  strike: (scene) => {
    const { world, stall } = scene
    const wrong = stall.port === 8443 ? 'HTTP' : 'HTTPS'
    Object.assign(aws.targetGroupOf(world, stall.targetGroup), {
      HealthCheckProtocol: wrong,
      HealthCheckPath: '/health',
      Matcher: { HttpCode: '200-399' },
    })
    refuse(scene)
  },
}

/** Everything is right, and nobody answers. */
const notAnswering: Fault = {
  fits: () => true,
  strike: (scene) => {
    const { world, stall, random } = scene
    if (random.below(2) === 0) silence(scene, stall)
    else aws.setHealth(world, stall.targetGroup, aws.health.failed)
  },
}

export const answers = {
  'hc.path-404': answering([404]),
  'hc.redirect-3xx': answering([301], [302], [307], [308]),
  'hc.auth-401-403': answering([401], [403], [401, 403]),
  'hc.host-header-400': answering([400]),
  'hc.server-error-5xx': answering([500], [502], [503], [500, 503]),
  'hc.grpc-unimplemented': grpcUnimplemented,
  'hc.port-mismatch': portMismatch,
  'hc.udp-needs-tcp-port': udpNeedsTcpPort,
  'hc.protocol-mismatch': protocolMismatch,
  'app.not-answering': notAnswering,
} as const
