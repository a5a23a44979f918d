/** Which subnets, groups and VPCs the paths of an incident can touch, by what was answered so far. */
import type { Session } from '../session.ts'

type Answered = Pick<Session, 'responses'>
type Ids = readonly (string | undefined)[]

export interface Involved {
  readonly subnets: ReadonlySet<string>
  readonly groups: ReadonlySet<string>
  readonly vpcs: ReadonlySet<string>
}

interface Part {
  readonly subnets?: Ids
  readonly groups?: Ids
  readonly vpcs?: Ids
}

/** What is passed on the way. */
interface Passed {
  readonly subnets: Iterable<string>
  readonly vpcs: Iterable<string>
}

/** Each names subnets, groups and VPCs; a service also where its next task starts. */
export function involvedIn(session: Answered, passed: Passed): Involved {
  const parts = [interfaces, loadBalancers, placements, places, endpoints, serviceEndpoints, vpcLinks].map(
    (part) => part(session),
  )
  return {
    subnets: present([...parts.flatMap((part) => part.subnets ?? []), ...passed.subnets]),
    groups: present(parts.flatMap((part) => part.groups ?? [])),
    vpcs: present([...vpcsOfGroups(session), ...parts.flatMap((part) => part.vpcs ?? []), ...passed.vpcs]),
  }
}

const interfaces = ({ responses }: Answered): Part => {
  const all = responses['ec2:DescribeNetworkInterfaces']?.NetworkInterfaces ?? []
  return {
    subnets: all.map((one) => one.SubnetId),
    groups: all.flatMap((one) => (one.Groups ?? []).map((group) => group.GroupId)),
    vpcs: all.map((one) => one.VpcId),
  }
}

const loadBalancers = ({ responses }: Answered): Part => {
  const all = responses['elasticloadbalancing:DescribeLoadBalancers']?.LoadBalancers ?? []
  return {
    subnets: all.flatMap((one) => (one.AvailabilityZones ?? []).map((zone) => zone.SubnetId)),
    groups: all.flatMap((one) => one.SecurityGroups ?? []),
  }
}

const placements = ({ responses }: Answered): Part => {
  const services = Object.values(responses['ecs:DescribeServices'] ?? {}).flatMap((one) => one.services ?? [])
  const all = services.flatMap((service) => service.networkConfiguration?.awsvpcConfiguration ?? [])
  return {
    subnets: all.flatMap((one) => one.subnets ?? []),
    groups: all.flatMap((one) => one.securityGroups ?? []),
  }
}

/** Where tasks run or ran; the interface of a stopped one is gone, its subnet is still told. */
const places = ({ responses }: Answered): Part => ({
  subnets: Object.values(responses['ecs:DescribeTasks'] ?? {})
    .flatMap((one) => one.tasks ?? [])
    .flatMap((task) => (task.attachments ?? []).flatMap((one) => one.details ?? []))
    .map(({ name, value }) => (name === 'subnetId' ? value : undefined)),
})

/** Subnets in which the services' tasks start, and the tasks that are there did. */
export const taskSubnets = (session: Answered): ReadonlySet<string> =>
  present([...(placements(session).subnets ?? []), ...(places(session).subnets ?? [])])

/** Whatever else is told of subnets is told because tasks or VPC links are there. */
const endpoints = ({ responses }: Answered): Part => {
  const all = responses['ec2:DescribeVpcEndpoints']?.VpcEndpoints ?? []
  return {
    subnets: all.flatMap((one) => one.SubnetIds ?? []),
    groups: all.flatMap((one) => (one.Groups ?? []).map((group) => group.GroupId)),
    vpcs: (responses['ec2:DescribeSubnets']?.Subnets ?? []).map((one) => one.VpcId),
  }
}

const serviceEndpoints = ({ responses }: Answered): Part => {
  const all = responses['opensearchserverless:ListVpcEndpoints']?.vpcEndpointSummaries ?? []
  return {
    subnets: all.flatMap((one) => one.subnetIds ?? []),
    groups: all.flatMap((one) => one.securityGroupIds ?? []),
  }
}

/** Only where one of them leads to a load balancer of the incident: then the APIs were asked for. */
const vpcLinks = ({ responses }: Answered): Part => {
  const all = responses['apigatewayv2:GetApis'] ? (responses['apigatewayv2:GetVpcLinks']?.Items ?? []) : []
  return {
    subnets: all.flatMap((one) => one.SubnetIds ?? []),
    groups: all.flatMap((one) => one.SecurityGroupIds ?? []),
  }
}

export function vpcsOfGroups({ responses }: Answered): ReadonlySet<string> {
  const groups = responses['elasticloadbalancing:DescribeTargetGroups']?.TargetGroups ?? []
  const balancers = responses['elasticloadbalancing:DescribeLoadBalancers']?.LoadBalancers ?? []
  return present([...groups, ...balancers].map((one) => one.VpcId))
}

export const present = (ids: Ids): ReadonlySet<string> =>
  new Set(ids.filter((id) => id !== undefined && id !== '')) as ReadonlySet<string>
