/** Stalls of the market: each with its target group, listener, rules and targets. */
import type { Random } from '../bench/random.ts'
import { publicAddressFor } from '../fixtures/addresses.ts'
import * as aws from '../fixtures/index.ts'
import { kitchen } from './kitchen.ts'
import type { Market, Stall } from './market.ts'
import { TOWN } from './streets.ts'
import { isEcs, isNodes } from './traits.ts'

export const DYNAMIC = [32768, 65535] as const

/** Of the first stall; kube-proxy sends it on to the pod’s. */
const NODE_PORT = 30_080

export function stall(
  market: Market,
  name: string,
  number: number,
  ports: readonly number[],
  random: Random,
): Stall {
  const { world, traits, loadBalancer, targetVpc } = market
  const own = random.pick(ports)
  const port = isNodes(traits) ? NODE_PORT + number : own
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
    targetGroup: groupOfTargets(market, name, port, random),
  }
  const ownKind = isNodes(traits) ? [aws.allTraffic().fromGroup(group)] : []
  aws.setIngress(world, group, made.admitted, ...ownKind)
  const protocol = traits.balancer === 'application' ? 'HTTP' : 'TCP'
  const listener = aws.listener(world, {
    loadBalancer,
    port: listenerPort,
    protocol,
    targetGroup: made.targetGroup,
  })
  const instances = instancesOf(market, made)
  const addresses = instances.map((id) => `${aws.instanceAddress(world, id)}/32`)
  const ways = aws.tcp(...opened)
  const passed = far ? addresses.map((address) => ways.toCidr(address)) : [ways.toGroup(group)]
  const stands = { ...made, listener, instances, passed }
  return { ...stands, ecs: isEcs(traits) ? kitchen(market, stands) : undefined }
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
    targetType: ['host', 'bridge', 'nodes'].includes(traits.launch) ? 'instance' : 'ip',
    healthCheck: {
      HealthCheckIntervalSeconds: interval,
      ...(application && { HealthCheckPath: '/health', HealthCheckProtocol: layer7 }),
    },
  })
}

function instancesOf(market: Market, of: Pick<Stall, 'name' | 'group' | 'port' | 'targetGroup'>) {
  const { world, traits, targetSubnets } = market
  if (traits.launch === 'fargate') return []
  // The pod runs on one node, and the check must come to it from another.
  const places = isNodes(traits) ? [...targetSubnets, ...targetSubnets] : targetSubnets
  const instances = places.map((subnet, index) =>
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
  if (isNodes(traits))
    for (const id of instances) aws.registerTarget(world, of.targetGroup, { id, port: of.port })
  return instances
}
