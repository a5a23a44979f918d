/** Tasks that do not start: what they need and cannot reach. */
import type { Container } from '@aws-sdk/client-ecs'
import { failToStart, removeEndpoint, says } from '../../diagnosis/start-failures.ts'
import * as aws from '../../fixtures/index.ts'
import { isFargate, type Traits } from '../traits.ts'
import { type Fault, kitchenOf, type Scene, waysOf } from './fault.ts'

/** Every task of the stall stops before its containers run, as ECS tells. */
export function fail(
  scene: Scene,
  said: string,
  containers: Readonly<Record<string, Partial<aws.Json<Container>>>> = {},
): void {
  failToStart({ world: scene.world, ...kitchenOf(scene) }, said, containers)
}

const at =
  (...places: readonly Traits['place'][]) =>
  (traits: Traits): boolean =>
    isFargate(traits) && places.includes(traits.place)

const isolated = at('isolated')

const placement = (scene: Scene) =>
  aws.serviceOf(scene.world, kitchenOf(scene).service).networkConfiguration?.awsvpcConfiguration

const taskSgEgress: Fault = {
  fits: isFargate,
  strike: (scene) => {
    const { system, world, stall, random } = scene
    const files = system.cellar ? [aws.tcp(2049).toGroup(system.cellar.group)] : []
    const ways = system.endpoints
    const apis = ways ? [aws.tcp(443).toGroup(ways.group)] : []
    const layersOnly = ways !== undefined && random.below(2) === 0
    aws.setEgress(world, stall.group, ...files, ...(layersOnly ? apis : []))
    fail(scene, layersOnly ? says.layersConnection : says.ecrConnection)
  },
}

const noEgressRoute: Fault = {
  fits: at('nat', 'public'),
  strike: (scene) => {
    aws.removeRoute(scene.world, scene.system.streets.backTable, '0.0.0.0/0')
    fail(scene, says.ecrConnection)
  },
}

const publicIpDisabled: Fault = {
  fits: at('public'),
  strike: (scene) => {
    Object.assign(placement(scene) ?? {}, { assignPublicIp: 'DISABLED' })
    fail(scene, says.ecrConnection)
  },
}

/** What the task cannot reach first, in ECS's words. */
const unreached = {
  'ecr.api': says.ecrConnection,
  logs: says.logsConnection,
  secretsmanager: says.secretsConnection,
} as const

const pickWay = (scene: Scene) => {
  const service = scene.random.pick(Object.keys(unreached) as readonly (keyof typeof unreached)[])
  return { id: waysOf(scene).ids[service] ?? '', said: unreached[service] }
}

const privateDnsOff: Fault = {
  fits: isolated,
  strike: (scene) => {
    const { id, said } = pickWay(scene)
    aws.endpointOf(scene.world, id).PrivateDnsEnabled = false
    fail(scene, said)
  },
}

const vpceMissing: Fault = {
  fits: isolated,
  strike: (scene) => {
    const { id, said } = pickWay(scene)
    removeEndpoint(scene.world, id)
    fail(scene, said)
  },
}

const s3Unrouted: Fault = {
  fits: isolated,
  strike: (scene) => {
    const { list, ids } = waysOf(scene)
    aws.removeRoute(scene.world, scene.system.streets.backTable, list)
    aws.endpointOf(scene.world, ids.s3 ?? '').RouteTableIds = []
    fail(scene, says.layersConnection)
  },
}

const vpceSg443: Fault = {
  fits: isolated,
  strike: (scene) => {
    const { group } = waysOf(scene)
    const others = scene.system.stalls.filter((other) => other !== scene.stall)
    aws.setIngress(scene.world, group, ...others.map((other) => aws.tcp(443).fromGroup(other.group)))
    fail(scene, says.ecrConnection)
  },
}

const vpcePolicy: Fault = {
  fits: isolated,
  strike: (scene) => {
    const own = aws.allowing('s3:*', 'arn:aws:s3:::market-*/*', { Principal: '*' })
    const endpoint = aws.endpointOf(scene.world, waysOf(scene).ids.s3 ?? '')
    endpoint.PolicyDocument = JSON.stringify(own)
    fail(scene, says.layersForbidden)
  },
}

export const starts = {
  'ecs.task-sg-egress': taskSgEgress,
  'ecs.no-egress-route': noEgressRoute,
  'ecs.public-ip-disabled': publicIpDisabled,
  'ecs.private-dns-off': privateDnsOff,
  'ecs.vpce-missing': vpceMissing,
  'ecs.s3-gateway-route-missing': s3Unrouted,
  'ecs.vpce-sg-443': vpceSg443,
  'ecs.vpce-policy': vpcePolicy,
} as const
