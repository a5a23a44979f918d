/** A stall of the market: a target group behind a listener, and what is registered there. */
import type { Random } from '../bench/random.ts'
import { publicAddressFor } from '../fixtures/addresses.ts'
import * as aws from '../fixtures/index.ts'
import { image as imageIn } from '../fixtures/themes/two-zones.ts'
import { TOWN } from './streets.ts'
import type { Market } from './systems.ts'

export interface Stall {
  readonly name: string
  /** Where the application listens. */
  readonly port: number
  readonly listenerPort: number
  readonly listener: string
  readonly targetGroup: string
  /** The targets' group, what it admits, and what the load balancer's group lets out to it. */
  readonly group: string
  readonly admitted: aws.Permission
  readonly passed: aws.Permission
  readonly instances: readonly string[]
  readonly ecs: Kitchen | undefined
}

export interface Kitchen {
  readonly service: string
  readonly taskDefinition: string
  readonly tasks: readonly string[]
  readonly image: string
  readonly role: string
  readonly secret: string
}

export const DYNAMIC = [32768, 65535] as const

export function stall(
  market: Market,
  name: string,
  number: number,
  ports: readonly number[],
  random: Random,
): Stall {
  const { world, traits, loadBalancer, targetVpc } = market
  const port = random.pick(ports)
  const opened = traits.launch === 'bridge' ? DYNAMIC : ([port, port] as const)
  const group = aws.securityGroup(world, { vpc: targetVpc, name })
  const far = traits.launch === 'peered'
  const listenerPort = 80 + number
  const made = {
    name,
    port,
    listenerPort,
    group,
    admitted: admission(market, aws.tcp(...opened)),
    passed: far ? aws.tcp(...opened).toCidr('10.31.0.0/16') : aws.tcp(...opened).toGroup(group),
    targetGroup: groupOfTargets(market, name, port, random),
  }
  aws.setIngress(world, group, made.admitted)
  const protocol = traits.balancer === 'application' ? 'HTTP' : 'TCP'
  const listener = aws.listener(world, {
    loadBalancer,
    port: listenerPort,
    protocol,
    targetGroup: made.targetGroup,
  })
  const stands = { ...made, listener, instances: instancesOf(market, made) }
  return { ...stands, ecs: far ? undefined : kitchen(market, stands) }
}

/** Clients' addresses reach instances behind a Network Load Balancer. */
function admission({ traits, lbGroup }: Market, ports: ReturnType<typeof aws.tcp>): aws.Permission {
  if (traits.launch === 'peered') return ports.fromCidr(TOWN)
  if (lbGroup !== '') return ports.fromGroup(lbGroup)
  return traits.scheme === 'internal' ? ports.fromCidr(TOWN) : ports.fromAnywhere()
}

function groupOfTargets({ world, traits, streets }: Market, name: string, port: number, random: Random) {
  const application = traits.balancer === 'application'
  const layer7 = port === 8443 ? 'HTTPS' : 'HTTP'
  const interval = random.pick([10, 15, 30])
  return aws.targetGroup(world, {
    name,
    vpc: streets.vpc,
    port,
    protocol: application ? layer7 : 'TCP',
    targetType: ['host', 'bridge'].includes(traits.launch) ? 'instance' : 'ip',
    healthCheck: {
      HealthCheckIntervalSeconds: interval,
      ...(application && { HealthCheckPath: '/health', HealthCheckProtocol: layer7 }),
    },
  })
}

function instancesOf(market: Market, of: Pick<Stall, 'name' | 'group' | 'port' | 'targetGroup'>) {
  const { world, traits, targetSubnets } = market
  if (traits.launch === 'fargate') return []
  const instances = targetSubnets.map((subnet, index) =>
    aws.instance(world, {
      name: `${of.name}-${index}`,
      subnet,
      groups: [of.group],
      ...(traits.place === 'public' && { publicIp: publicAddressFor(`${of.name}-${index}`) }),
    }),
  )
  if (traits.launch === 'peered')
    for (const id of instances)
      aws.registerTarget(world, of.targetGroup, {
        id: aws.instanceAddress(world, id),
        port: of.port,
        zone: 'all',
      })
  return instances
}

function kitchen(market: Market, of: Omit<Stall, 'ecs'>): Kitchen {
  const { world, traits, cluster, cellar, streets } = market
  const { name, port, targetGroup } = of
  const fargate = traits.launch === 'fargate'
  const secret = aws.secret(world, `town/${name}`)
  const role = `${name}-execution`
  const image = imageIn(world, `town/${name}:7`)
  const mapping = { fargate: port, host: port, bridge: `0:${port}`, peered: port }[traits.launch]
  const more = { secrets: [{ name: 'TILL_KEY', valueFrom: secret }] }
  const taskDefinition = aws.taskDefinition(world, {
    family: name,
    networkMode: fargate ? 'awsvpc' : traits.launch === 'host' ? 'host' : 'bridge',
    executionRole: aws.executionRole(world, role, {
      secrets: aws.allowing('secretsmanager:GetSecretValue', secret),
    }),
    containers: [aws.container({ name, image, ports: [mapping], more })],
    volumes: cellar ? [aws.efsVolume('stock', cellar.id)] : [],
  })
  const targets = [{ targetGroup, container: name, port }]
  const options = { cluster, name, taskDefinition, targets, desired: 2 }
  const service = aws.ecsService(
    world,
    fargate
      ? {
          ...options,
          subnets: streets.back,
          groups: [of.group],
          assignPublicIp: traits.place === 'public',
        }
      : { ...options, launchType: 'EC2', desired: of.instances.length },
  )
  return { service, taskDefinition, image, role, secret, tasks: runAll(market, service, of) }
}

/** Two tasks on Fargate, one on each instance. */
function runAll(
  { world, traits, cluster, streets }: Market,
  service: string,
  of: Omit<Stall, 'ecs'>,
): readonly string[] {
  if (traits.launch !== 'fargate')
    return of.instances.map((id, index) =>
      aws.runTask(world, {
        service,
        name: String(index),
        containerInstance: aws.containerInstance(world, cluster, id),
        firstHostPort: 32768 + index,
      }),
    )
  return [0, 1].map((index) => {
    const subnet = streets.back[index % streets.back.length] ?? ''
    const task = aws.runTask(world, { service, name: String(index), subnet })
    const nic = aws.interfaceOf(world, aws.taskInterface(world, task))
    if (traits.place === 'public') nic.Association = { IpOwnerId: 'amazon', PublicIp: publicAddressFor(task) }
    return task
  })
}
