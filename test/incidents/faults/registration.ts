/** What is registered, and where. */
import * as aws from '../../fixtures/index.ts'
import { VILLAGE } from '../streets.ts'
import { isApplication, isEcs, isFargate, type Traits } from '../traits.ts'
import { type Fault, kitchenOf, type Scene } from './fault.ts'

const onInstances = (traits: Traits): boolean => ['host', 'bridge'].includes(traits.launch)

const farSubnet = ({ system, world }: Scene): string => {
  const subnet = aws.subnet(world, {
    vpc: system.streets.vpc,
    name: 'far',
    cidr: '10.30.40.0/26',
    zone: 'd',
  })
  aws.associateRouteTable(world, system.streets.backTable, subnet)
  return subnet
}

/** The town has grown, and its load balancer has not. */
const oneZone: Fault = {
  fits: (traits) => !isApplication(traits) && traits.zones === 1,
  of: 'balancer',
  strike: (scene) => {
    farSubnet(scene)
  },
}

/** A target in a third zone, in which the load balancer has no subnet. */
const azNotEnabled: Fault = {
  or: oneZone,
  fits: (traits) => isFargate(traits),
  strike: (scene) => {
    const { world, stall } = scene
    const { service } = kitchenOf(scene)
    const subnet = farSubnet(scene)
    const placed = aws.serviceOf(world, service).networkConfiguration?.awsvpcConfiguration
    placed?.subnets?.push(subnet)
    aws.serviceOf(world, service).desiredCount = 3
    const task = aws.runTask(world, { service, name: 'far', subnet })
    aws.setHealth(world, stall.targetGroup, aws.health.zoneNotEnabled, aws.taskTargetId(world, task))
  },
}

const targetStopped: Fault = {
  fits: (traits) => onInstances(traits),
  strike: ({ system, world, stall, random }) => {
    const id = random.pick(stall.instances)
    aws.instanceOf(world, id).State = { Code: 80, Name: 'stopped' }
    const application = system.traits.balancer === 'application'
    aws.setHealth(
      world,
      stall.targetGroup,
      application ? aws.health.stopped : aws.health.terminatedOrStopped,
      id,
    )
    for (const one of world.containerInstances) if (one.ec2InstanceId === id) one.agentConnected = false
  },
}

/** API Gateway would miss the listener, too. */
const unusedNoListener: Fault = {
  fits: ({ caller }) => caller !== 'gateway',
  strike: ({ system, world, stall }) => {
    const held = world.listeners[system.loadBalancer]
    if (held) held.Listeners = held.Listeners.filter(({ ListenerArn }) => ListenerArn !== stall.listener)
    delete world.rules[stall.listener]
    aws.targetGroupOf(world, stall.targetGroup).LoadBalancerArns = []
    aws.setHealth(world, stall.targetGroup, aws.health.noListener)
  },
}

/** ECS starts tasks, cannot register them, and stops them. */
function registersNothing(scene: Scene): void {
  const { world, stall } = scene
  const { service, tasks } = kitchenOf(scene)
  for (const task of tasks) aws.stopTask(world, task, aws.stops.scaling)
  for (const task of tasks) world.tasks.splice(world.tasks.indexOf(aws.taskOf(world, task)), 1)
  const held = world.targetHealth[stall.targetGroup]
  if (held) held.TargetHealthDescriptions = []
  aws.serviceEvent(
    world,
    service,
    3,
    `(service ${stall.name}) failed to register targets in (target-group ${stall.targetGroup}) with (error ValidationError)`,
  )
}

/** The village next door, with a way out of its own. */
const crossVpc: Fault = {
  fits: isFargate,
  strike: (scene) => {
    const { world, system } = scene
    const vpc = aws.vpc(world, { name: 'village', cidr: VILLAGE })
    const subnet = aws.subnet(world, { vpc, name: 'village', cidr: '10.31.0.0/26', zone: 'a' })
    const inn = aws.subnet(world, { vpc, name: 'inn', cidr: '10.31.1.0/26', zone: 'a' })
    const gateway = aws.internetGateway(world, { vpc, name: 'village' })
    const out = [aws.route('0.0.0.0/0', gateway)]
    aws.routeTable(world, { vpc, name: 'inn', subnets: [inn], routes: out })
    const routes = [aws.route('0.0.0.0/0', aws.natGateway(world, { subnet: inn, name: 'village' }))]
    aws.routeTable(world, { vpc, name: 'village', subnets: [subnet], routes })
    const group = aws.securityGroup(world, { vpc, name: 'village' })
    const bridge = aws.peering({ world, vpc: system.streets.vpc }, { world, vpc }, 'town-village')
    aws.addRoute(world, system.streets.frontTable, aws.route(VILLAGE, bridge))
    // The town's files are not mounted from there.
    aws.taskDefinitionOf(world, kitchenOf(scene).taskDefinition).volumes = []
    registersNothing(scene)
    const placed = aws.serviceOf(world, kitchenOf(scene).service).networkConfiguration?.awsvpcConfiguration
    Object.assign(placed ?? {}, { subnets: [subnet], securityGroups: [group] })
  },
}

const targetTypeMismatch: Fault = {
  fits: isEcs,
  strike: (scene) => {
    const { world, stall, system } = scene
    aws.targetGroupOf(world, stall.targetGroup).TargetType = isFargate(system.traits) ? 'instance' : 'ip'
    registersNothing(scene)
  },
}

/** Scaled to nothing, behind a listener that goes on forwarding. */
const noTargets: Fault = {
  fits: isEcs,
  strike: (scene) => {
    const { world } = scene
    const { service, tasks } = kitchenOf(scene)
    for (const task of tasks) aws.stopTask(world, task, aws.stops.scaling)
    const scaled = aws.serviceOf(world, service)
    scaled.desiredCount = 0
    for (const deployment of scaled.deployments ?? []) deployment.desiredCount = 0
  },
}

/** Whoever was to deregister the target did not. */
const staleTarget: Fault = {
  fits: isFargate,
  strike: (scene) => {
    const { world, stall, system } = scene
    const { service, tasks } = kitchenOf(scene)
    const [task = ''] = tasks
    const id = aws.taskAddress(world, task)
    const zone = aws.taskOf(world, task).availabilityZone ?? ''
    const subnet = system.streets.back[0] ?? ''
    aws.stopTask(world, task, aws.stops.scaling)
    const application = system.traits.balancer === 'application'
    aws.registerTarget(world, stall.targetGroup, {
      id,
      port: stall.port,
      zone,
      health: application ? aws.health.timeout : aws.health.failed,
    })
    const nextAddress = aws.freeAddress(world, subnet) === id ? '10.30.10.55' : undefined
    const place = nextAddress === undefined ? {} : { address: nextAddress }
    aws.runTask(world, { service, name: 'next', subnet, ...place })
  },
}

export const registration = {
  'net.az-not-enabled': azNotEnabled,
  'tg.target-stopped': targetStopped,
  'tg.unused-no-listener': unusedNoListener,
  'net.cross-vpc': crossVpc,
  'tg.target-type-mismatch': targetTypeMismatch,
  'tg.no-targets': noTargets,
  'tg.stale-target': staleTarget,
} as const
