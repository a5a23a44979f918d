/** The ways that a task needs before its containers run. */
import type { About } from './about.ts'

const PULL = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html'
const ECR_ENDPOINTS = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html'
const INTERFACE = 'https://docs.aws.amazon.com/vpc/latest/privatelink/create-interface-endpoint.html'

export const startPaths = {
  'ecs.no-egress-route': {
    evidence:
      'Tasks fail to start; the route table of their subnet (its own, or the main one) has no active route to what the task definition needs, and no endpoint of the VPC answers for it.',
    fix: 'A route to a NAT gateway, or endpoints.',
    traps: [
      'Isolated subnets with endpoints are right as they are.',
      'A blackhole route still wins by its longer prefix.',
    ],
    documentation: PULL,
  },
  'ecs.task-sg-egress': {
    evidence:
      'IpPermissionsEgress of the tasks’ groups lets tcp 443 out neither to the endpoint’s group nor to the service’s addresses.',
    fix: 'Egress to the endpoint’s group, and to the prefix list of S3.',
    traps: [
      'Layers of ECR’s images come from S3: its gateway endpoint needs a rule of its own.',
      'DNS by Amazon’s resolver is not filtered: a missing port 53 is not the cause.',
    ],
    documentation: ECR_ENDPOINTS,
  },
  'ecs.public-ip-disabled': {
    evidence:
      'assignPublicIp is DISABLED, the default route of the subnet leads to an internet gateway, and no endpoint of the VPC answers.',
    fix: 'Public addresses for the tasks, or a NAT gateway, or endpoints.',
    traps: [
      'awsvpc tasks on EC2 cannot have a public address: they need a NAT gateway.',
      'With endpoints or a NAT gateway a public address is not needed.',
      'A public address does not help in a subnet without a route to an internet gateway.',
    ],
    documentation: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html',
  },
  'ecs.private-dns-off': {
    evidence:
      'An endpoint of the service is there with PrivateDnsEnabled false, or EnableDnsHostnames of its VPC is false, and there is no way to the public addresses to which the name then resolves.',
    fix: 'Private DNS of the endpoint, DNS host names of the VPC.',
    traps: ['With another way out the public addresses are reached.'],
    documentation: INTERFACE,
  },
  'ecs.vpce-missing': {
    evidence:
      'DescribeVpcEndpoints of the VPC, held against what image, logs and secrets of the task definition need; other services of the start are reached by endpoints.',
    fix: 'The endpoint that is missing, with private DNS.',
    traps: [
      'Endpoints in other subnets or zones of the VPC serve as well.',
      'With a NAT gateway a missing endpoint is no fault.',
      'Docker Hub and ECR Public always need the internet.',
    ],
    documentation: ECR_ENDPOINTS,
  },
  'ecs.s3-gateway-route-missing': {
    evidence: 'RouteTableIds of S3’s gateway endpoint does not hold the table of the tasks’ subnet.',
    fix: 'The table, added to the endpoint.',
    traps: [
      'With a NAT gateway it is no fault, only dearer.',
      'A gateway endpoint cannot be used from a peered VPC.',
    ],
    documentation: 'https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html',
  },
  'ecs.vpce-sg-443': {
    evidence: 'The name resolves to the endpoint, whose group admits no tcp 443 from the tasks.',
    fix: 'Ingress from the tasks’ group.',
    traps: ['A default group’s rule for itself admits tasks only if they carry that group, too.'],
    documentation: INTERFACE,
  },
} as const satisfies Record<string, About>
