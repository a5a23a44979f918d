/** Where stalls stand: a network, a load balancer without listeners, a cluster without services. */
import * as aws from '../fixtures/index.ts'
import { cellar, type Endpoints, endpoints, type Streets, streets, village } from './streets.ts'
import { hasGroups, isApplication, type Traits } from './traits.ts'

/** A target group behind a listener, and what is registered there. */
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
  readonly passed: readonly aws.Permission[]
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

export interface Market {
  readonly world: aws.World
  readonly traits: Traits
  readonly streets: Streets
  readonly village: ReturnType<typeof village> | undefined
  /** Empty: a Network Load Balancer without groups. */
  readonly lbGroup: string
  readonly loadBalancer: string
  readonly lbSubnets: readonly string[]
  readonly cluster: string
  readonly cellar: ReturnType<typeof cellar> | undefined
  readonly endpoints: Endpoints | undefined
  readonly targetVpc: string
  readonly targetSubnets: readonly string[]
}

export function place(traits: Traits): Market {
  const world = aws.newWorld()
  const network = streets(world, traits)
  const peer = traits.launch === 'peered' ? village(world, network, traits.zones) : undefined
  const lbGroup = hasGroups(traits)
    ? aws.securityGroup(world, { vpc: network.vpc, name: 'gate', egress: [] })
    : ''
  const lbSubnets = network.front
  const options = { name: 'gate', subnets: lbSubnets, scheme: traits.scheme }
  const groups = [lbGroup]
  return {
    world,
    traits,
    streets: network,
    village: peer,
    lbGroup,
    lbSubnets,
    loadBalancer: isApplication(traits)
      ? aws.applicationLoadBalancer(world, { ...options, groups })
      : aws.networkLoadBalancer(world, { ...options, ...(lbGroup !== '' && { groups }) }),
    cluster: aws.cluster(world, 'market'),
    cellar: traits.launch === 'fargate' ? cellar(world, network) : undefined,
    endpoints: traits.place === 'isolated' ? endpoints(world, network) : undefined,
    targetVpc: peer?.vpc ?? network.vpc,
    targetSubnets: peer?.subnets ?? network.back,
  }
}
