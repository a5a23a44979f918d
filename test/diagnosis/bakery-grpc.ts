/** The bakery's ovens, which speak gRPC behind an Application Load Balancer. */
import * as aws from '../fixtures/index.ts'
import { twoZones } from '../fixtures/themes/two-zones.ts'

type HealthCheck = Parameters<typeof aws.targetGroup>[1]['healthCheck']

interface Spoken {
  /** @default GRPC */
  readonly protocolVersion?: 'HTTP1' | 'GRPC'
  /** What the task definition says of its port. @default grpc */
  readonly appProtocol?: 'http' | 'grpc'
}

/** Healthy: the default check of a gRPC group takes 12 (UNIMPLEMENTED). */
export function bakeryGrpc(
  healthCheck: HealthCheck = {},
  { protocolVersion = 'GRPC', appProtocol = 'grpc' }: Spoken = {},
) {
  const world = aws.newWorld()
  const network = twoZones(world, { name: 'bakery', prefix: '10.0' })
  const { vpc, publicSubnets, privateSubnets } = network
  const albGroup = aws.securityGroup(world, {
    vpc,
    name: 'bakery-alb',
    ingress: [aws.tcp(443).fromAnywhere()],
  })
  const ovenGroup = aws.securityGroup(world, {
    vpc,
    name: 'bakery-oven',
    ingress: [aws.tcp(50051).fromGroup(albGroup)],
  })
  const loadBalancer = aws.applicationLoadBalancer(world, {
    name: 'bakery',
    subnets: publicSubnets,
    groups: [albGroup],
  })
  const targetGroup = aws.targetGroup(world, {
    name: 'bakery-oven',
    vpc,
    port: 50051,
    protocolVersion,
    healthCheck,
  })
  aws.listener(world, { loadBalancer, port: 443, protocol: 'HTTPS', targetGroup })
  const oven = aws.container({ name: 'oven', image: 'bakery/oven:3', ports: [50051] })
  const portMappings = (oven.portMappings ?? []).map((mapping) => ({ ...mapping, appProtocol }))
  const service = aws.fargateService(world, {
    cluster: aws.cluster(world, 'bakery'),
    name: 'oven',
    taskDefinition: aws.taskDefinition(world, {
      family: 'bakery-oven',
      containers: [{ ...oven, portMappings }],
    }),
    subnets: privateSubnets,
    groups: [ovenGroup],
    targets: [{ targetGroup, container: 'oven', port: 50051 }],
  })
  return { world, ...network, loadBalancer, targetGroup, service }
}
