/** The town's network: front subnets for load balancers, back subnets for targets, and the ways out. */
import * as aws from '../fixtures/index.ts'
import { isApplication, type Traits } from './traits.ts'

export const TOWN = '10.30.0.0/16'
export const VILLAGE = '10.31.0.0/16'

export type Streets = ReturnType<typeof streets>

export function streets(world: aws.World, traits: Traits) {
  const { place, zones } = traits
  const vpc = aws.vpc(world, { name: 'town', cidr: TOWN })
  const both = aws.twoZonesOf(world)
  const subnet = (name: string, zone: string, third: number) =>
    aws.subnet(world, { vpc, name: `${name}-${zone}`, cidr: `10.30.${third}.0/26`, zone })
  // An Application Load Balancer needs two zones; where another has one, the town has no more.
  const front = both
    .slice(0, isApplication(traits) ? 2 : zones)
    .map((zone, index) => subnet('front', zone, index))
  const back = both.slice(0, zones).map((zone, index) => subnet('back', zone, 10 + index))
  const frontTable = aws.routeTable(world, { vpc, name: 'front', subnets: front })
  const backTable = aws.routeTable(world, { vpc, name: 'back', subnets: back })
  const made = { vpc, front, back, frontTable, backTable }
  if (place === 'isolated') return { ...made, internetGateway: '', natGateway: '' }
  const internetGateway = aws.internetGateway(world, { vpc, name: 'town' })
  const natGateway = place === 'nat' ? aws.natGateway(world, { subnet: front[0] ?? '', name: 'town' }) : ''
  aws.addRoute(world, frontTable, aws.route('0.0.0.0/0', internetGateway))
  aws.addRoute(world, backTable, aws.route('0.0.0.0/0', natGateway || internetGateway))
  return { ...made, internetGateway, natGateway }
}

/** What tasks and the instances under them ask of AWS. */
const services = [
  'ecr.api',
  'ecr.dkr',
  'logs',
  'secretsmanager',
  'ecs',
  'ecs-agent',
  'ecs-telemetry',
] as const

export interface Endpoints {
  readonly group: string
  readonly list: string
  /** By service. */
  readonly ids: Readonly<Record<string, string>>
}

/** Endpoints for everything, in subnets without a way out. */
export function endpoints(world: aws.World, { vpc, back, backTable }: Streets): Endpoints {
  const group = aws.securityGroup(world, { vpc, name: 'endpoints', egress: [] })
  const s3 = aws.gatewayEndpoint(world, { vpc, service: 's3', tables: [backTable] })
  const own = services.map((service) => [
    service,
    aws.interfaceEndpoint(world, { vpc, service, subnets: back, groups: [group] }),
  ])
  return { group, list: aws.servicePrefixList(world, 's3'), ids: { ...Object.fromEntries(own), s3 } }
}

/** A file system for tasks on Fargate. */
export function cellar(world: aws.World, { vpc, back }: Streets) {
  const group = aws.securityGroup(world, { vpc, name: 'cellar', egress: [] })
  return { group, id: aws.fileSystem(world, { name: 'cellar', subnets: back, groups: [group] }) }
}

/** A village in the next VPC, joined by a peering connection and routes both ways. */
export function village(world: aws.World, { vpc, frontTable }: Streets, zones: number) {
  const name = 'village'
  const own = aws.vpc(world, { name, cidr: VILLAGE })
  const subnets = aws
    .twoZonesOf(world)
    .slice(0, zones)
    .map((zone, index) =>
      aws.subnet(world, { vpc: own, name: `village-${zone}`, cidr: `10.31.${index}.0/26`, zone }),
    )
  const bridge = aws.peering({ world, vpc }, { world, vpc: own }, 'town-village')
  aws.addRoute(world, frontTable, aws.route(VILLAGE, bridge))
  const routes = [aws.route(TOWN, bridge)]
  return { vpc: own, subnets, bridge, table: aws.routeTable(world, { vpc: own, name, subnets, routes }) }
}
