/** What health checks do not see: how clients come in, and what would go unnoticed. */
import * as aws from '../../fixtures/index.ts'
import { TOWN } from '../streets.ts'
import { hasGroups, isApplication, isEcs, isFargate, type Traits } from '../traits.ts'
import { type Fault, kitchenOf, type Scene } from './fault.ts'

const open = ({ scheme }: Traits): boolean => scheme === 'internet-facing'
const called = ({ caller }: Traits): boolean => caller === 'gateway'

const publicAccessBlocked: Fault = {
  fits: open,
  of: 'balancer',
  strike: ({ world, random }) =>
    aws.blockPublicAccess(world, random.pick(['block-bidirectional', 'block-ingress'])),
}

/** One of its subnets, or all, have lost the way to the internet gateway. */
const lbSubnetNotPublic: Fault = {
  fits: open,
  of: 'balancer',
  strike: ({ system, world, random }) => {
    const { vpc, front, frontTable } = system.streets
    const local = world.routeTables.find(({ RouteTableId }) => RouteTableId === frontTable)?.Routes ?? []
    const routes = local.filter(
      ({ DestinationCidrBlock }) => ![undefined, '0.0.0.0/0', TOWN].includes(DestinationCidrBlock),
    )
    const subnets = random.pick([front, front.slice(0, 1)])
    aws.routeTable(world, { vpc, name: 'closed', subnets, routes })
  },
}

const lbSgIngress: Fault = {
  fits: hasGroups,
  of: 'balancer',
  strike: ({ system, world }) => aws.setIngress(world, system.lbGroup),
}

const privatelinkSgEnforcement: Fault = {
  fits: (traits) => traits.balancer === 'network with groups' && called(traits),
  of: 'balancer',
  strike: ({ system, world }) => {
    const rules = system.stalls.map(({ listenerPort }) => aws.tcp(listenerPort).fromCidr(TOWN))
    aws.setIngress(world, system.lbGroup, ...rules)
  },
}

/** The integration goes on calling what somebody replaced. */
const listenerMismatch: Fault = {
  fits: called,
  of: 'balancer',
  strike: ({ system, world, stall }) => {
    const api = system.gateway?.api ?? ''
    const number = system.stalls.indexOf(stall)
    const integration = world.integrations[api]?.[number]
    if (integration) integration.IntegrationUri = `${stall.listener.slice(0, -4)}dead`
    for (const { methodIntegration } of Object.values(world.resources[api]?.[number]?.resourceMethods ?? {}))
      if (methodIntegration) methodIntegration.uri = 'http://gate.town.example:8081/'
  },
}

const vpclinkInactive: Fault = {
  fits: called,
  of: 'balancer',
  strike: ({ world }) => {
    for (const link of world.vpcLinks) link.status = 'FAILED'
    for (const link of world.vpcLinksV2) link.VpcLinkStatus = 'INACTIVE'
  },
}

/** Somebody lets Route 53 look at all stalls of the market, and one of them is shut. */
const evaluateTargetHealth: Fault = {
  fits: ({ caller, services }) => caller === 'names' && services > 1,
  of: 'balancer',
  amid: 'app.not-answering',
  strike: ({ system, world, stall }) => {
    const records = world.recordSets[system.zone ?? ''] ?? []
    for (const { AliasTarget } of records) if (AliasTarget) AliasTarget.EvaluateTargetHealth = true
    aws.setHealth(world, stall.targetGroup, aws.health.failed)
  },
}

const setAttribute = ({ world, stall }: Scene, key: string, value: string): void => {
  const held = world.targetGroupAttributes[stall.targetGroup]
  if (!held) return
  held.Attributes = [...held.Attributes.filter(({ Key }) => Key !== key), { Key: key, Value: value }]
}

/** The stall's tasks may call their own load balancer. */
const hairpin: Fault = {
  fits: (traits) =>
    traits.balancer === 'network with groups' &&
    traits.scheme === 'internal' &&
    isFargate(traits) &&
    !called(traits),
  strike: (scene) => {
    const { system, world, stall } = scene
    setAttribute(scene, 'preserve_client_ip.enabled', 'true')
    const clients = system.stalls.map(({ listenerPort }) => aws.tcp(listenerPort).fromCidr(TOWN))
    aws.setIngress(world, system.lbGroup, ...clients, aws.tcp(stall.listenerPort).fromGroup(stall.group))
  },
}

const firstContainer = (scene: Scene) =>
  aws.taskDefinitionOf(scene.world, kitchenOf(scene).taskDefinition).containerDefinitions?.[0] ?? {}

const shallow: Fault = {
  fits: isEcs,
  strike: (scene) => {
    const command = `curl -s http://localhost:${scene.stall.port}/health || exit 1`
    firstContainer(scene).healthCheck = aws.containerHealthCheck(command)
    for (const { containers = [] } of aws.tasksOf(scene.world, kitchenOf(scene).service))
      for (const container of containers) container.healthStatus = 'HEALTHY'
  },
}

const grpcNotProbed: Fault = {
  fits: (traits) => !isApplication(traits) && isEcs(traits),
  strike: (scene) => {
    for (const mapping of firstContainer(scene).portMappings ?? []) mapping.appProtocol = 'grpc'
  },
}

export const edges = {
  'net.public-access-blocked': publicAccessBlocked,
  'edge.lb-subnet-not-public': lbSubnetNotPublic,
  'edge.lb-sg-ingress': lbSgIngress,
  'edge.privatelink-sg-enforcement': privatelinkSgEnforcement,
  'edge.api-gateway-listener-mismatch': listenerMismatch,
  'edge.vpclink-inactive': vpclinkInactive,
  'edge.route53-evaluate-target-health': evaluateTargetHealth,
  'net.nlb-hairpin-client-ip': hairpin,
  'hc.shallow-false-healthy': shallow,
  'hc.grpc-not-probed': grpcNotProbed,
} as const
